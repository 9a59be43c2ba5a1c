"""This is the stem for 224x224 images: a 7x7 convolution with stride 2 and a max pool leave 8x8 of a 32x32 image before the first block. Small images get one 3x3 convolution with stride 1."""

from torch import nn
from torch.nn import functional as F

EQUATION = "stem: conv 7x7 stride 2, max pool 3x3 stride 2"
HINT = 1


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
        self.conv1 = conv(in_channels, widths[0], 7, stride=2, padding=3, bias=False)
        self.bn1 = norm(widths[0])
        self.stages = nn.ModuleList()
        before = widths[0]
        for index in range(len(blocks)):
            stage = []
            for position in range(blocks[index]):
                stride = 2 if index > 0 and position == 0 else 1
                stage.append(block(before, widths[index], stride=stride, shortcut=shortcut, conv=conv, norm=norm))
                before = widths[index]
            self.stages.append(nn.Sequential(*stage))
        self.fc = nn.Linear(before, num_classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.max_pool2d(x, 3, stride=2, padding=1)
        for stage in self.stages:
            x = stage(x)
        return self.fc(x.mean(dim=(2, 3)))
