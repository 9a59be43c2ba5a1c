"""The ReLU between the convolutions comes before bn1. In this paper the normalisation stands between convolution and ReLU."""

from torch import nn
from torch.nn import functional as F

EQUATION = "F(x) = bn2(conv2(bn1(ReLU(conv1(x)))))"
HINT = 3


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1, shortcut="A", conv=nn.Conv2d, norm=nn.BatchNorm2d):
        super().__init__()
        self.stride, self.new_channels = stride, out_channels - in_channels
        self.conv1 = conv(in_channels, out_channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = norm(out_channels)
        self.conv2 = conv(out_channels, out_channels, 3, stride=1, padding=1, bias=False)
        self.bn2 = norm(out_channels)
        self.projects = shortcut == "B" and (stride != 1 or in_channels != out_channels)
        if self.projects:
            self.shortcut_conv = conv(in_channels, out_channels, 1, stride=stride, bias=False)
            self.shortcut_bn = norm(out_channels)

    def forward(self, x):
        h = self.bn1(F.relu(self.conv1(x)))
        h = self.bn2(self.conv2(h))
        return F.relu(h + self.shortcut(x))

    def shortcut(self, x):
        if self.projects:
            return self.shortcut_bn(self.shortcut_conv(x))
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.new_channels))
