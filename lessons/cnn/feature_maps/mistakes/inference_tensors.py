"""inference_mode makes tensors that no later training may use; no_grad makes ordinary ones."""

import torch

EQUATION = "maps[name].is_inference() = True"
HINT = 1


@torch.inference_mode()
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
    finally:
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training
    return {name: seen[name] for name in names if name in seen}
