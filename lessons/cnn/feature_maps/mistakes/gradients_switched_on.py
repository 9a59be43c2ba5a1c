"""Gradients are switched on at the end, though the caller may have switched them off. Use a with block."""

import torch

EQUATION = "grad enabled after = True"
HINT = 3


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

    torch.set_grad_enabled(False)
    try:
        hooks = [watch(name) for name in names]
        net.eval()
        net(x)
    finally:
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training
        torch.set_grad_enabled(True)
    return {name: seen[name] for name in names if name in seen}
