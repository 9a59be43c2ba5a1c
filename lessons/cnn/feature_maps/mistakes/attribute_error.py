"""get_submodule raises an AttributeError for an unknown name. A name that is looked up and not there is a KeyError."""

import torch

EQUATION = "unknown: AttributeError"
HINT = 2


@torch.no_grad()
def feature_maps(net, x, names):
    modules = dict(net.named_modules())
    modules = {name: net.get_submodule(name) for name in names}
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
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training
    return {name: seen[name] for name in names if name in seen}
