"""A method for each stage, adaptive pooling, modules for what has no parameters."""

from torch import nn


class ResNet(nn.Module):
    def __init__(self, blocks=(3, 3, 3), widths=(16, 32, 64), num_classes=10, in_channels=3, shortcut="A",
                 block=None, conv=nn.Conv2d, norm=nn.BatchNorm2d):
        super().__init__()
        self.make = lambda i, o, s: block(i, o, stride=s, shortcut=shortcut, conv=conv, norm=norm)
        self.conv1 = conv(in_channels, widths[0], kernel_size=3, stride=1, padding=1, bias=False)
        self.bn1 = norm(widths[0])
        self.relu = nn.ReLU(inplace=True)
        entries = [widths[0], *widths[:-1]]
        self.stages = nn.ModuleList(
            self.make_stage(entry, width, count, first=1 if number == 0 else 2)
            for number, (entry, width, count) in enumerate(zip(entries, widths, blocks))
        )
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(widths[-1], num_classes)

    def make_stage(self, entry, width, count, first):
        stage = nn.Sequential(self.make(entry, width, first))
        while len(stage) < count:
            stage.append(self.make(width, width, 1))
        return stage

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        for stage in self.stages:
            out = stage(out)
        return self.fc(self.pool(out).flatten(1))
