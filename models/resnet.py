"""Residual networks for small images: ResNet-20 to 110 of the paper, and ResNet-18's layout on 32x32."""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from models.blocks import BasicBlock


class ResNet(nn.Module):
    """A 3x3 stem, stages of residual blocks, a global average and one linear layer.

        depth = 2 (sum of blocks) + 2: three stages of n blocks make the paper's 6 n + 2 layers

    Each stage but the first starts with stride 2, which halves the image as the width grows. Option A has
    269,722 parameters for n = 3 and 1,727,962 for n = 18. ResNet-18's layout is blocks (2, 2, 2, 2), widths
    (64, 128, 256, 512), shortcut "B".

    Shapes: x (B, C, H, W), after stage i (B, widths[i], H / 2^i, W / 2^i), out (B, K): scores before softmax.
    He et al. 2015 (1512.03385), section 4.2.
    """

    def __init__(
        self,
        blocks: Sequence[int] = (3, 3, 3),
        widths: Sequence[int] = (16, 32, 64),
        num_classes: int = 10,
        in_channels: int = 3,
        shortcut: str = "A",
        block: Callable[..., nn.Module] = BasicBlock,
        conv: Callable[..., nn.Module] = nn.Conv2d,
        norm: Callable[..., nn.Module] = nn.BatchNorm2d,
    ) -> None:
        super().__init__()
        self.conv1 = conv(in_channels, widths[0], 3, stride=1, padding=1, bias=False)
        self.bn1 = norm(widths[0])
        self.stages = nn.ModuleList()
        width_before = widths[0]
        for index, (count, width) in enumerate(zip(blocks, widths, strict=True)):
            stage = nn.Sequential()
            for position in range(count):
                stride = 2 if index > 0 and position == 0 else 1
                part = block(width_before, width, stride=stride, shortcut=shortcut, conv=conv, norm=norm)
                stage.append(part)
                width_before = width
            self.stages.append(stage)
        self.fc = nn.Linear(width_before, num_classes)

    def forward(self, x: Float[Tensor, "B C H W"]) -> Float[Tensor, "B K"]:
        x = torch.relu(self.bn1(self.conv1(x)))  # (B, widths[0], H, W)
        for stage in self.stages:
            x = stage(x)  # (B, widths[i], H/2^i, W/2^i)
        return self.fc(x.mean(dim=(2, 3)))
