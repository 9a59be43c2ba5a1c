"""The mode of the net reaches all of its parts, as train(mode) sets everything below too: norms that were frozen train again. Set module.training of each."""

import torch

EQUATION = "part.training after = net.training before"
HINT = 2


@torch.no_grad()
def feature_maps(net, x, names):
    modules = dict(net.named_modules())
    unknown = [name for name in names if name not in modules]
    if unknown:
        raise KeyError(f"no module named {unknown}")
    training = net.training
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
        net.train(training)
    return {name: seen[name] for name in names if name in seen}
