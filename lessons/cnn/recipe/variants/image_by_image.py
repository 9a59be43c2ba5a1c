"""Plain Python: an if for each span, a loop over the images, a dictionary of modes."""

import torch
from torch.nn import functional as F


def learning_rate(iteration):
    if iteration < 32_000:
        return 0.1
    if iteration < 48_000:
        return 0.01
    return 0.001


def augment(images, generator):
    out = torch.empty_like(images)
    for n, image in enumerate(images):
        padded = F.pad(image, (4, 4, 4, 4))
        top = torch.randint(9, (1,), generator=generator).item()
        left = torch.randint(9, (1,), generator=generator).item()
        out[n] = padded[:, top : top + image.shape[1], left : left + image.shape[2]]
        if torch.rand(1, generator=generator).item() >= 0.5:
            out[n] = out[n].flip(2)
    return out


def accuracy(net, images, labels, batch_size):
    training = {name: part.training for name, part in net.named_modules()}
    net.eval()
    hits, seen = 0, 0
    try:
        with torch.no_grad():
            for batch, wanted in zip(images.split(batch_size), labels.split(batch_size), strict=True):
                hits += int(torch.eq(net(batch).max(dim=1).indices, wanted).sum())
                seen += len(wanted)
    finally:
        for name, part in net.named_modules():
            part.training = training[name]
    return hits / seen
