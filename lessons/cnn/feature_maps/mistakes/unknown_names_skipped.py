"""Unknown names are left out in silence: a misspelt layer is never noticed. Raise a KeyError."""

import torch

EQUATION = "maps = those of names that exist"
HINT = 1


@torch.no_grad()
def feature_maps(net, x, names):
    modules = dict(net.named_modules())
    names = [name for name in names if name in modules]
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
