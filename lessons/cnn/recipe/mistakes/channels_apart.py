"""The channels are not cut and mirrored alike, so the colours no longer lie on each other. All channels of an image share its window and its mirror."""

import torch
from torch.nn import functional as F

EQUATION = "i, j: one draw for each channel"
HINT = 2


def learning_rate(iteration):
    return 0.1 / 10 ** ((iteration >= 32000) + (iteration >= 48000))


def augment(images, generator):
    batch, channels, height, width = images.shape
    padded = F.pad(images, (4, 4, 4, 4))
    views = []
    for n in range(batch):
        mirrored = torch.rand((), generator=generator) < 0.5
        planes = []
        for c in range(channels):
            i, j = torch.randint(0, 9, (2,), generator=generator).tolist()
            plane = padded[n, c, i : i + height, j : j + width]
            planes.append(plane.flip(-1) if mirrored else plane)
        views.append(torch.stack(planes))
    return torch.stack(views)


@torch.no_grad()
def accuracy(net, images, labels, batch_size):
    modes = {part: part.training for part in net.modules()}
    net.eval()
    right = 0
    try:
        for start in range(0, len(images), batch_size):
            stop = start + batch_size
            right += (net(images[start:stop]).argmax(dim=1) == labels[start:stop]).sum().item()
    finally:
        for part, mode in modes.items():
            part.training = mode
    return right / len(images)
