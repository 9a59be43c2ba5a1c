"""The pass runs in whatever mode the net is in: batch norm mixes the images, its running statistics drift, dropout draws."""

import torch

EQUATION = "running_mean moves by a look"
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
        hooks = [watch(name) for name in names]
        net(x)
    finally:
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training
    return {name: seen[name] for name in names if name in seen}
