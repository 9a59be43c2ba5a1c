"""Modules strung together at run time, and the shortcut as a list of modules for each case."""

import torch
from torch import nn


class Subsample(nn.Module):
    def __init__(self, stride, more):
        super().__init__()
        self.stride, self.more = stride, more

    def forward(self, x):
        rows = torch.arange(0, x.shape[2], self.stride, device=x.device)
        columns = torch.arange(0, x.shape[3], self.stride, device=x.device)
        x = x.index_select(2, rows).index_select(3, columns)
        return nn.functional.pad(x, [0, 0, 0, 0, 0, self.more, 0, 0])


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1, shortcut="A", conv=nn.Conv2d, norm=nn.BatchNorm2d):
        super().__init__()
        self.conv1, self.bn1 = conv(in_channels, out_channels, 3, stride=stride, padding=1, bias=False), norm(out_channels)
        self.conv2, self.bn2 = conv(out_channels, out_channels, 3, padding=1, bias=False), norm(out_channels)
        changes = stride != 1 or in_channels != out_channels
        if changes and shortcut == "B":
            self.shortcut_conv = conv(in_channels, out_channels, 1, stride=stride, bias=False)
            self.shortcut_bn = norm(out_channels)
        elif changes:
            self.skip = Subsample(stride, out_channels - in_channels)

    def forward(self, x):
        y = x
        for step in (self.conv1, self.bn1, torch.relu, self.conv2, self.bn2):
            y = step(y)
        if "shortcut_conv" in self._modules:
            x = self.shortcut_bn(self.shortcut_conv(x))
        elif "skip" in self._modules:
            x = self.skip(x)
        return torch.relu(x + y)
