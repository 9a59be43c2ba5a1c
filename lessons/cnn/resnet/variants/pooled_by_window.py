"""The last average by a pooling window of the size that is left; a generator of strides; scores by nn.functional.linear."""

import torch.nn.functional as F
from torch import nn


def strides(number, length):
    yield 1 if number == 0 else 2
    for _ in range(length - 1):
        yield 1


class ResNet(nn.Module):
    def __init__(self, blocks=(3, 3, 3), widths=(16, 32, 64), num_classes=10, in_channels=3, shortcut="A",
                 block=None, conv=nn.Conv2d, norm=nn.BatchNorm2d):
        super().__init__()
        options = dict(shortcut=shortcut, conv=conv, norm=norm)
        self.conv1 = conv(in_channels, widths[0], 3, padding=1, bias=False)
        self.bn1 = norm(widths[0])
        self.channels = widths[0]
        stages = []
        for number, (length, width) in enumerate(zip(blocks, widths)):
            layers = []
            for stride in strides(number, length):
                layers.append(block(self.channels, width, stride=stride, **options))
                self.channels = width
            stages.append(nn.Sequential(*layers))
        self.stages = nn.ModuleList(stages)
        self.fc = nn.Linear(self.channels, num_classes)

    def features(self, x):
        x = F.relu(self.bn1(self.conv1(x)), inplace=True)
        return nn.Sequential(*self.stages)(x)

    def forward(self, x):
        x = self.features(x)
        x = F.avg_pool2d(x, kernel_size=x.shape[2:])
        return F.linear(x.reshape(x.size(0), -1), self.fc.weight, self.fc.bias)
