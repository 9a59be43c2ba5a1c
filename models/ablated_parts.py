"""The parts that a net is built from once an ablation has changed them: still made by the learner's own classes."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor, nn

from models.learner_modules import PartUnusable
from models.preactivation import PreActivationBlock, PreActivationResNet

Makers = Mapping[str, Callable[..., nn.Module]]
_KERNELS = {"kernel-5": 5, "kernel-7": 7}


def ablated(makers: Makers, ablations: Sequence[str]) -> Makers:
    """What makes each part, by exercise, with the ablations' changes."""
    changed = dict(makers)
    for name in ablations:
        if name in _KERNELS:
            changed["cnn/conv2d"] = widened(changed["cnn/conv2d"], _KERNELS[name])
        elif name == "no-bn":
            changed["cnn/batchnorm2d"] = ChannelBias
        elif name == "no-skip":
            changed["cnn/basic_block"] = without_addition(changed["cnn/basic_block"])
        elif name == "pre-activation":
            changed |= {"cnn/basic_block": PreActivationBlock, "cnn/resnet": PreActivationResNet}
    return changed


class ChannelBias(nn.Module):
    """What is left of a normalisation that does not normalise: y = x + bias, one number per channel."""

    def __init__(self, num_features: int) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(num_features))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.bias[:, None, None]


def widened(conv: Callable[..., nn.Module], kernel: int) -> Callable[..., nn.Module]:
    """Makes `conv` with this kernel where 3 is asked for, padded so that the image keeps the size it would have had."""

    def make(
        in_channels: int, out_channels: int, kernel_size: int, stride: int = 1, padding: int = 0, **others: object
    ) -> nn.Module:
        if kernel_size == 3:
            kernel_size, padding = kernel, padding + (kernel - 3) // 2
        return conv(in_channels, out_channels, kernel_size, stride=stride, padding=padding, **others)

    return make


def without_addition(block: Callable[..., nn.Module]) -> Callable[..., nn.Module]:
    """The block's own parts, by the names of its contract, put in a row: y = ReLU(F(x)).

    Its `forward` is not called: what it adds cannot be told apart from outside. Option A is asked for, so that no
    projection is made that nothing would use.
    """

    def make(in_channels: int, out_channels: int, **options: object) -> nn.Module:
        return PlainBlock(block(in_channels, out_channels, **{**options, "shortcut": "A"}))

    return make


class PlainBlock(nn.Module):
    """Two convolutions that have to learn all of their output.

        y = ReLU(F(x))        F(x) = bn2(conv2(ReLU(bn1(conv1(x)))))

    He et al. 2015 (1512.03385), section 4.2, the plain nets.
    """

    conv1: nn.Module
    bn1: nn.Module
    conv2: nn.Module
    bn2: nn.Module

    def __init__(self, block: nn.Module) -> None:
        super().__init__()
        for name in ("conv1", "bn1", "conv2", "bn2"):
            part = getattr(block, name, None)
            if not isinstance(part, nn.Module):
                thing = f"BasicBlock has no part called {name}, so it cannot be trained without its shortcut."
                raise PartUnusable(thing, "--ablate no-skip", "name the parts as the exercise's text does")
            setattr(self, name, part)

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))))
