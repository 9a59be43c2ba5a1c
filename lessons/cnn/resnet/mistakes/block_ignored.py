"""The net is made of BasicBlock, whatever block= says. Make each block with the class that was handed in."""

from torch import nn
from torch.nn import functional as F

EQUATION = "BasicBlock(...) instead of block(...)"
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
        return F.relu(h + self.shortcut(x))

    def shortcut(self, x):
        if self.projects:
            return self.shortcut_bn(self.shortcut_conv(x))
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.new_channels))


class ResNet(nn.Module):
    def __init__(
        self,
        blocks=(3, 3, 3),
        widths=(16, 32, 64),
        num_classes=10,
        in_channels=3,
        shortcut="A",
        block=None,
        conv=nn.Conv2d,
        norm=nn.BatchNorm2d,
    ):
        super().__init__()
        self.conv1 = conv(in_channels, widths[0], 3, stride=1, padding=1, bias=False)
        self.bn1 = norm(widths[0])
        self.stages = nn.ModuleList()
        before = widths[0]
        for index in range(len(blocks)):
            stage = []
            for position in range(blocks[index]):
                stride = 2 if index > 0 and position == 0 else 1
                stage.append(BasicBlock(before, widths[index], stride=stride, shortcut=shortcut, conv=conv, norm=norm))
                before = widths[index]
            self.stages.append(nn.Sequential(*stage))
        self.fc = nn.Linear(before, num_classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        for stage in self.stages:
            x = stage(x)
        return self.fc(x.mean(dim=(2, 3)))
