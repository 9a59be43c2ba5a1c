"""The residual block, written by you from the parts that are handed to it."""

import torch
from torch import Tensor, nn


class BasicBlock(nn.Module):
    """Two 3x3 convolutions that learn what to add to their own input.

        y = ReLU(F(x) + shortcut(x))        F(x) = bn2(conv2(ReLU(bn1(conv1(x)))))

    conv1 carries the stride; both convolutions have padding 1 and no bias. Where x already has F(x)'s shape
    (stride 1, as many channels) the shortcut is x itself, with "A" and with "B". Elsewhere:
        "A"  every stride-th row and column of x, then zero channels after x's own      (no parameters; zero channels
             before x's own, or on both sides, are accepted as a variant: the paper leaves the side open)
        "B"  shortcut_bn(shortcut_conv(x)), a 1x1 convolution with the stride, no bias  (the paper's W_s)

    Shapes:  x (B, C, H, W) -> y (B, O, ceil(H / stride), ceil(W / stride)), C = in_channels, O = out_channels;
             "A" is only asked for with O >= C.
    Parts:   conv1, bn1, conv2, bn2; shortcut_conv and shortcut_bn only where "B" needs them.
             Make them with conv(in, out, kernel_size, stride=, padding=, bias=) and norm(channels): the same code then
             works with torch's layers and with your own. Sizes are whole numbers (3, not (3, 3)): your own Conv2d
             knows no pairs.
    Numbers: parameters have torch's default dtype, whatever that is when the block is made (not always float32), and x
             has the same; y has the dtype and the device of x. conv and norm see to that for their parts. What they
             start from is not asked for: a bn2.weight of 0 is as good.
    Memory:  nothing of a pass stays on the block: a map that is kept keeps its whole graph alive.

    He et al. 2015 (arXiv 1512.03385), eq. 1 and 2; sections 3.3 (options A and B) and 3.4 (where the norms stand).
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        stride: int = 1,
        shortcut: str = "A",
        conv=nn.Conv2d,
        norm=nn.BatchNorm2d,
    ) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parts of BasicBlock")

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError("your turn: BasicBlock.forward")
