"""i, j and the mirror are drawn once and used for all images of the batch. Each image draws its own."""

import torch
from torch.nn import functional as F

EQUATION = "i, j, mirror: one draw for the whole batch"
HINT = 2


def learning_rate(iteration):
    return 0.1 / 10 ** ((iteration >= 32000) + (iteration >= 48000))


def augment(images, generator):
    _, _, height, width = images.shape
    padded = F.pad(images, (4, 4, 4, 4))
    row = int(torch.randint(0, 9, (), generator=generator))
    column = int(torch.randint(0, 9, (), generator=generator))
    views = padded[:, :, row : row + height, column : column + width]
    return views.flip(-1) if torch.rand((), generator=generator) < 0.5 else views


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
