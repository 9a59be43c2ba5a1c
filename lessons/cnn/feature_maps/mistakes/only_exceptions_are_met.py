"""Ctrl-C is no Exception: an `except Exception` does not tidy up after it, finally does."""

import torch

EQUATION = "stopped: hooks and evaluation mode stay"
HINT = 3


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

    def tidy():
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training

    try:
        hooks = [watch(name) for name in names]
        net.eval()
        net(x)
    except Exception:
        tidy()
        raise
    tidy()
    return {name: seen[name] for name in names if name in seen}
