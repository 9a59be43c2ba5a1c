"""The first hook of each module is taken away, and that may be one that was there before you came. Remove yours by its handle."""

import torch

EQUATION = "hooks after = hooks before, less the oldest, plus yours"
HINT = 2


@torch.no_grad()
def feature_maps(net, x, names):
    modules = dict(net.named_modules())
    unknown = [name for name in names if name not in modules]
    if unknown:
        raise KeyError(f"no module named {unknown}")
    modes = {module: module.training for module in net.modules()}
    seen, hooks = {}, []

    def watch(name):
        def keep(module, inputs, y):
            seen[name] = y.clone()

        return modules[name].register_forward_hook(keep)

    try:
        hooks = [watch(name) for name in names]
        net.eval()
        net(x)
    finally:
        for name in names[: len(hooks)]:
            modules[name]._forward_hooks.popitem(last=False)
        for module, training in modes.items():
            module.training = training
    return {name: seen[name] for name in names if name in seen}
