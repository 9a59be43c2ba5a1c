"""Option A as what it is, a fixed linear map: a 1x1 kernel of ones on the diagonal that nobody learns."""

import torch
import torch.nn.functional as F
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1, shortcut="A", conv=nn.Conv2d, norm=nn.BatchNorm2d):
        super().__init__()
        self.conv1 = conv(in_channels, out_channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = norm(out_channels)
        self.conv2 = conv(out_channels, out_channels, 3, stride=1, padding=1, bias=False)
        self.bn2 = norm(out_channels)
        self.stride = stride
        self.shortcut_conv = self.shortcut_bn = None
        if shortcut == "B" and (stride > 1 or in_channels != out_channels):
            self.shortcut_conv = conv(in_channels, out_channels, 1, stride=stride, padding=0, bias=False)
            self.shortcut_bn = norm(out_channels)

    def forward(self, x):
        residual = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.shortcut_conv is not None:
            skip = self.shortcut_bn(self.shortcut_conv(x))
        else:
            eye = torch.eye(residual.shape[1], x.shape[1], dtype=x.dtype, device=x.device)
            skip = F.conv2d(x, eye[:, :, None, None], stride=self.stride)
        return F.relu(torch.add(skip, residual))
