"""What chosen layers of a net put out in one pass, seen by forward hooks."""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn


@torch.no_grad()
def feature_maps(net: nn.Module, x: Float[Tensor, "B ..."], names: Sequence[str]) -> dict[str, Float[Tensor, "B ..."]]:
    """The outputs of the named submodules in one pass net(x) in evaluation mode, in the order of `names`.

        maps[name] = a copy of the y that the module `name` returned last

    The net is left as it was found, also when its forward raises: no hook of ours on it, every module in its own mode.
    A module that the pass does not reach has no entry; a name that the net does not have is a KeyError.
    Zeiler and Fergus 2014 (arXiv 1311.2901), section 2: the maps of a layer are what the later layers see of an image.
    """
    modules = dict(net.named_modules(remove_duplicate=False))
    unknown = [name for name in names if name not in modules]
    if unknown:
        raise KeyError(f"the net has no module named {', '.join(unknown)}")
    modes = {module: module.training for module in net.modules()}
    seen: dict[str, Tensor] = {}
    hooks = []
    try:
        for name in names:

            def keep(_module: nn.Module, _inputs: tuple[Tensor, ...], y: Tensor, name: str = name) -> None:
                seen[name] = y.clone()  # an in-place ReLU behind this module would change y itself

            hooks.append(modules[name].register_forward_hook(keep))
        net.eval()
        net(x)
    finally:
        for hook in hooks:
            hook.remove()
        for module, training in modes.items():
            module.training = training  # module.train() would set everything below it too
    return {name: seen[name] for name in names if name in seen}
