"""The residual net whose shortcuts stay clear: norm and ReLU stand before each convolution, not after the sum."""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from models.blocks import BasicBlock
from models.resnet import ResNet


class PreActivationBlock(BasicBlock):
    """A basic block that adds to its input and does nothing to the sum.

        y = shortcut(x) + F(x)        F(x) = conv2(ReLU(bn2(conv1(ReLU(bn1(x))))))

    Shapes: x (B, C, H, W), out (B, O, ceil(H/stride), ceil(W/stride)); bn1 normalises C channels.
    He et al. 2016 (1603.05027), eq. 9 and Figure 4 (e).
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        stride: int = 1,
        shortcut: str = "A",
        conv: Callable[..., nn.Module] = nn.Conv2d,
        norm: Callable[..., nn.Module] = nn.BatchNorm2d,
    ) -> None:
        super().__init__(in_channels, out_channels, stride, shortcut, conv, norm)
        self.bn1 = norm(in_channels)

    def forward(self, x: Float[Tensor, "B C H W"]) -> Float[Tensor, "B O Hout Wout"]:
        out = self.conv1(torch.relu(self.bn1(x)))  # (B, O, Hout, Wout)
        out = self.conv2(torch.relu(self.bn2(out)))
        return out + self._shortcut(x)


class PreActivationResNet(ResNet):
    """The same stages, with the stem's norm and ReLU behind the last block, where nothing else would normalise.

        y = fc(mean over rows and columns of ReLU(bn1(stages(conv1(x)))))

    Shapes: as ResNet's; bn1 normalises widths[-1] channels.
    He et al. 2016 (1603.05027), appendix.
    """

    def __init__(
        self,
        blocks: Sequence[int] = (3, 3, 3),
        widths: Sequence[int] = (16, 32, 64),
        num_classes: int = 10,
        in_channels: int = 3,
        shortcut: str = "A",
        block: Callable[..., nn.Module] = PreActivationBlock,
        conv: Callable[..., nn.Module] = nn.Conv2d,
        norm: Callable[..., nn.Module] = nn.BatchNorm2d,
    ) -> None:
        super().__init__(blocks, widths, num_classes, in_channels, shortcut, block, conv, norm)
        self.bn1 = norm(widths[-1])

    def forward(self, x: Float[Tensor, "B C H W"]) -> Float[Tensor, "B K"]:
        x = self.conv1(x)  # (B, widths[0], H, W)
        for stage in self.stages:
            x = stage(x)  # (B, widths[i], H/2^i, W/2^i)
        return self.fc(torch.relu(self.bn1(x)).mean(dim=(2, 3)))
