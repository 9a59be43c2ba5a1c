"""The net runs once for every name; all hooks can listen to one pass."""

import torch

EQUATION = "maps[name] = a pass of its own"
HINT = 1


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
        net.eval()
        for name in names:
            hooks.append(watch(name))
            net(x)
    finally:
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training
    return {name: seen[name] for name in names if name in seen}
