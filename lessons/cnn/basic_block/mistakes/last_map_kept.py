"""The block keeps its last map, and with it the whole graph of that pass: memory that is never given back, and no copy.deepcopy of the net."""

from torch import nn
from torch.nn import functional as F

EQUATION = "self.last = y"
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
        h = F.relu(self.bn1(self.conv1(x)))
        h = self.bn2(self.conv2(h))
        self.last = F.relu(h + self.shortcut(x))
        return self.last

    def shortcut(self, x):
        if self.projects:
            return self.shortcut_bn(self.shortcut_conv(x))
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.new_channels))
