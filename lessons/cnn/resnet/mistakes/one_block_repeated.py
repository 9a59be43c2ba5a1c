"""One block object is used several times in a stage, so that the blocks share their weights. Make a new one for each place."""

from torch import nn
from torch.nn import functional as F

EQUATION = "stage = f(f(f(x))) with one set of weights"
HINT = 2


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
            for position in range(min(blocks[index], 2)):
                stride = 2 if index > 0 and position == 0 else 1
                stage.append(block(before, widths[index], stride=stride, shortcut=shortcut, conv=conv, norm=norm))
                before = widths[index]
            stage += [stage[-1]] * (blocks[index] - 2)
            self.stages.append(nn.Sequential(*stage))
        self.fc = nn.Linear(before, num_classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        for stage in self.stages:
            x = stage(x)
        return self.fc(x.mean(dim=(2, 3)))
