"""A copy is made only if the net has an nn.ReLU(inplace=True). A forward may change its tensors itself, as x.relu_() does: always copy."""

import torch

EQUATION = "maps[name] = y where no module is inplace"
HINT = 2


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
            overwritten = any(getattr(part, "inplace", False) for part in net.modules())
            seen[name] = y.clone() if overwritten else y

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
