"""A plan of all blocks first, built by position; block by block in forward; the mean as flatten and mean."""

import torch
from torch import nn


class ResNet(nn.Module):
    def __init__(self, blocks=(3, 3, 3), widths=(16, 32, 64), num_classes=10, in_channels=3, shortcut="A",
                 block=None, conv=nn.Conv2d, norm=nn.BatchNorm2d):
        super().__init__()
        plan = []
        for number, length in enumerate(blocks):
            width = widths[number]
            plan.append([(width, width, 1)] * length)
            if number:
                plan[number][0] = (widths[number - 1], width, 2)
        self.stages = nn.ModuleList()
        for stage in plan:
            self.stages.append(nn.Sequential(*[block(c, o, s, shortcut, conv, norm) for c, o, s in stage]))
        self.conv1 = conv(in_channels, widths[0], 3, 1, 1, bias=False)
        self.bn1 = norm(widths[0])
        self.fc = nn.Linear(widths[len(blocks) - 1], num_classes)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        for stage in self.stages:
            for block in stage:
                x = block(x)
        x = x.flatten(2).mean(-1)
        return x @ self.fc.weight.T + self.fc.bias
