"""Looking into a net: what chosen layers put out, seen by forward hooks."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn


def feature_maps(net: nn.Module, x: Tensor, names: Sequence[str]) -> dict[str, Tensor]:
    """The outputs of the named submodules in one pass net(x), and a net that is left as it was found.

        maps[name] = a copy of the y that the module `name` returned

    names:  as in net.named_modules(): "layer1.0.conv1", or "" for the net itself. The dict has their order.
            Unknown ones: a KeyError whose text holds every unknown name, before anything is run or changed.
    pass:   the net is called once, as net(x), with every module in evaluation mode and under torch.no_grad()
            (not inference_mode: the maps are ordinary tensors that later training may use).
    maps:   whole batches, of the dtype and on the device of the output, with memory of their own: what runs later, an
            in-place ReLU for instance, does not change them. Hooks that the module already has count: register yours
            behind them. If a module is called several times in the pass, the last call counts; a module that is never
            called has no entry. Each named module returns one tensor.
    after:  also when forward raises: your hooks are gone, those that were there stay; each module has its own
            training mode again (they may differ from each other); parameters, buffers and requires_grad are untouched.
            What forward raises reaches the caller as it is.

    Zeiler and Fergus 2014 (arXiv 1311.2901), section 2.
    """
    raise NotImplementedError("your turn: feature_maps")
