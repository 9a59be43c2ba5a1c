"""Each drop halves the rate. The paper divides it by 10."""

import torch
from torch.nn import functional as F

EQUATION = "rate = 0.1 / 2^(number of drops that are <= iteration)"
HINT = 1


def learning_rate(iteration):
    return 0.1 / 2 ** ((iteration >= 32000) + (iteration >= 48000))


def augment(images, generator):
    batch, _, height, width = images.shape
    padded = F.pad(images, (4, 4, 4, 4))
    rows = torch.randint(0, 9, (batch,), generator=generator).tolist()
    columns = torch.randint(0, 9, (batch,), generator=generator).tolist()
    mirrored = (torch.rand(batch, generator=generator) < 0.5).tolist()
    views = []
    for n in range(batch):
        view = padded[n, :, rows[n] : rows[n] + height, columns[n] : columns[n] + width]
        views.append(view.flip(-1) if mirrored[n] else view)
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
