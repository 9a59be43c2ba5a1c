"""The whole net, written by you: a stem, stages of blocks, an average, one linear layer."""

import torch
from torch import Tensor, nn

from cnn.blocks import BasicBlock


class ResNet(nn.Module):
    """The residual nets of the paper's CIFAR-10 section, and ResNet-18's layout on small images.

        y = fc(mean over rows and columns of stages(ReLU(bn1(conv1(x)))))

    conv1 is 3x3, stride 1, padding 1, no bias; no pooling follows it. Stage i holds blocks[i] blocks of widths[i]
    channels. The first block of every stage but the first has stride 2; all others have stride 1.
    Three stages of n blocks have 6 n + 2 layers: n = 3 is ResNet-20 with 269,722 parameters (shortcut "A").

    Shapes: x (B, in_channels, H, W); after stage i (B, widths[i], ceil(H / 2^i), ceil(W / 2^i)), i from 0;
            y (B, num_classes): scores, no softmax.
    Parts:  conv1, bn1, stages (an nn.ModuleList or nn.Sequential, of nn.Sequential of blocks), fc (nn.Linear).
            Any number of stages; image sizes are not known in advance.
            What they start from is not asked for: a bn2.weight that starts at 0 is as good. blocks and widths, which
            may be lists, stay as they are.
            Make each block with block(in, out, stride=..., shortcut=shortcut, conv=conv, norm=norm).

    He et al. 2015 (arXiv 1512.03385), section 4.2 and Table 6.
    """

    def __init__(
        self,
        blocks=(3, 3, 3),
        widths=(16, 32, 64),
        num_classes: int = 10,
        in_channels: int = 3,
        shortcut: str = "A",
        block=BasicBlock,
        conv=nn.Conv2d,
        norm=nn.BatchNorm2d,
    ) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parts of ResNet")

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError("your turn: ResNet.forward")
