# failed; mistake: library-shortcut; says: torch.nn.functional.conv2d
from torch.nn import functional as F


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    return F.conv2d(x, w, b, stride, padding, dilation)
