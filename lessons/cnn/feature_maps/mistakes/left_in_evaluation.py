"""The net stays in evaluation mode: whoever trains it next trains with resting norms and without dropout."""

import torch

EQUATION = "training after = False"
HINT = 1


@torch.no_grad()
def feature_maps(net, x, names):
    modules = dict(net.named_modules())
    unknown = [name for name in names if name not in modules]
    if unknown:
        raise KeyError(f"no module named {unknown}")
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
    return {name: seen[name] for name in names if name in seen}
