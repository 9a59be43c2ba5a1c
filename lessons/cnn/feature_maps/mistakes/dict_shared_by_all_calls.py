"""One dict serves all calls: what an earlier call has seen comes back in later ones, and is overwritten there."""

import torch

EQUATION = "maps = those of every call so far"
HINT = 3


@torch.no_grad()
def feature_maps(net, x, names, seen={}):  # noqa: B006 - the mistake
    modules = dict(net.named_modules())
    unknown = [name for name in names if name not in modules]
    if unknown:
        raise KeyError(f"no module named {unknown}")
    modes = {module: module.training for module in net.modules()}
    hooks = []

    def watch(name):
        def keep(module, inputs, y):
            seen[name] = y.clone()

        return modules[name].register_forward_hook(keep)

    try:
        hooks = [watch(name) for name in names]
        net.eval()
        net(x)
    finally:
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training
    return seen
