"""The training modes are restored only if the pass succeeds. What must happen in any case belongs into finally."""

import torch

EQUATION = "forward raises: training = False everywhere"
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

    try:
        hooks = [watch(name) for name in names]
        net.eval()
        net(x)
        for module, training in modes.items():
            module.training = training
    finally:
        for hook in hooks:
            hook.remove()
    return {name: seen[name] for name in names if name in seen}
