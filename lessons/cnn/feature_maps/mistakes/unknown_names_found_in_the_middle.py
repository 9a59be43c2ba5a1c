"""Hooks are registered before all names are known: the KeyError leaves the first ones on the net."""

import torch

EQUATION = "unknown: hooks after = hooks before + yours"
HINT = 2


@torch.no_grad()
def feature_maps(net, x, names):
    modules = dict(net.named_modules())
    modes = {module: module.training for module in net.modules()}
    seen, hooks = {}, []

    def watch(name):
        def keep(module, inputs, y):
            seen[name] = y.clone()

        return modules[name].register_forward_hook(keep)

    hooks = [watch(name) for name in names]
    try:
        net.eval()
        net(x)
    finally:
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training
    return {name: seen[name] for name in names if name in seen}
