"""Only the net and its direct children get their modes back, and train() hands them on to all below."""

import torch

EQUATION = "grandchild.training after = child.training before"
HINT = 2


@torch.no_grad()
def feature_maps(net, x, names):
    modules = dict(net.named_modules())
    unknown = [name for name in names if name not in modules]
    if unknown:
        raise KeyError(f"no module named {unknown}")
    modes = {child: child.training for child in net.children()}
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
        net.training = training
        for module, mode in modes.items():
            module.train(mode)
    return {name: seen[name] for name in names if name in seen}
