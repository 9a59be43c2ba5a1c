"""The hook looks its name up when it runs, when the loop is over: all outputs go under the last name."""

import torch

EQUATION = "maps[last name] = y of whichever ran last"
HINT = 3


@torch.no_grad()
def feature_maps(net, x, names):
    modules = dict(net.named_modules())
    unknown = [name for name in names if name not in modules]
    if unknown:
        raise KeyError(f"no module named {unknown}")
    modes = {module: module.training for module in net.modules()}
    seen, hooks = {}, []

    try:
        for name in names:
            hooks.append(modules[name].register_forward_hook(lambda m, i, y: seen.update({name: y.clone()})))
        net.eval()
        net(x)
    finally:
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training
    return {name: seen[name] for name in names if name in seen}
