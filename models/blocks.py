"""The residual block that every ResNet of this course is made of."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


class BasicBlock(nn.Module):
    """Two 3x3 convolutions that learn what to add to their own input.

        y = ReLU(F(x) + shortcut(x))        F(x) = BN2(conv2(ReLU(BN1(conv1(x)))))

    The first convolution carries the stride; no convolution has a bias. The shortcut is x itself where the
    shape stays. Where it changes, "A" takes every stride-th pixel and appends zero channels; "B" is a 1x1
    convolution and a normalisation.

    Shapes: x (B, C, H, W), out (B, O, ceil(H/stride), ceil(W/stride)).
    He et al. 2015 (1512.03385), eq. 1 and 2, section 3.3.
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
        super().__init__()
        if shortcut not in ("A", "B"):
            raise ValueError(f'shortcut is "A" or "B", not {shortcut!r}')
        self.stride = stride
        self.new_channels = out_channels - in_channels
        if self.new_channels < 0 and shortcut == "A":
            raise ValueError(f"option A only adds channels: {in_channels} to {out_channels} needs option B")
        self.conv1 = conv(in_channels, out_channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = norm(out_channels)
        self.conv2 = conv(out_channels, out_channels, 3, stride=1, padding=1, bias=False)
        self.bn2 = norm(out_channels)
        self.projects = shortcut == "B" and (stride != 1 or self.new_channels != 0)
        if self.projects:
            self.shortcut_conv = conv(in_channels, out_channels, 1, stride=stride, bias=False)
            self.shortcut_bn = norm(out_channels)

    def forward(self, x: Float[Tensor, "B C H W"]) -> Float[Tensor, "B O Hout Wout"]:
        out = torch.relu(self.bn1(self.conv1(x)))  # (B, O, Hout, Wout)
        out = self.bn2(self.conv2(out))
        return torch.relu(out + self._shortcut(x))

    def _shortcut(self, x: Tensor) -> Tensor:
        if self.projects:
            return self.shortcut_bn(self.shortcut_conv(x))
        seen = x[:, :, :: self.stride, :: self.stride]  # (B, C, Hout, Wout)
        return nn.functional.pad(seen, (0, 0, 0, 0, 0, self.new_channels))  # (B, O, Hout, Wout)
