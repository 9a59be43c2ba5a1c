"""The shortcut is chosen once, in the constructor; zeros come from new_zeros and cat; ReLU is a module, in place where it is safe."""

import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1, shortcut="A", conv=nn.Conv2d, norm=nn.BatchNorm2d):
        super().__init__()
        same = stride == 1 and in_channels == out_channels
        if not same and shortcut == "B":
            self.shortcut_conv = conv(in_channels, out_channels, kernel_size=1, stride=stride, padding=0, bias=False)
            self.shortcut_bn = norm(out_channels)
        self.conv1 = conv(in_channels, out_channels, kernel_size=3, stride=stride, padding=1, bias=False)
        self.conv2 = conv(out_channels, out_channels, kernel_size=3, padding=1, bias=False)
        self.bn1, self.bn2 = norm(out_channels), norm(out_channels)
        self.relu = nn.ReLU(inplace=True)
        self.kind = "same" if same else shortcut
        self.stride, self.out_channels = stride, out_channels

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        if self.kind == "same":
            out += x
        elif self.kind == "A":
            x = x[..., :: self.stride, :: self.stride]
            batch, channels, height, width = x.shape
            out += torch.cat((x, x.new_zeros(batch, self.out_channels - channels, height, width)), dim=1)
        else:
            out += self.shortcut_bn(self.shortcut_conv(x))
        return self.relu(out)
