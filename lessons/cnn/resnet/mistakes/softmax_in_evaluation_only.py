"""In evaluation the net returns probabilities. It returns scores in both modes: whoever wants probabilities takes the softmax of them."""

from torch import nn
from torch.nn import functional as F

EQUATION = "y = softmax(fc(...)) in evaluation, fc(...) in training"
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
        self.conv1 = conv(in_channels, widths[0], 3, stride=1, padding=1, bias=False)
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
        for stage in self.stages:
            x = stage(x)
        scores = self.fc(x.mean(dim=(2, 3)))
        return scores if self.training else F.softmax(scores, dim=1)
