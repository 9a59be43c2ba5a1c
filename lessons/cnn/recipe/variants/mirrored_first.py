"""The mirror before the window, one number of 81 for each place, and a context that keeps the modes."""

from contextlib import contextmanager

import torch


def learning_rate(iteration: int) -> float:
    rate = 0.1
    for drop in (32_000, 48_000):
        if iteration >= drop:
            rate *= 0.1
    return rate


def augment(images, generator):
    coins = torch.rand(len(images), generator=generator).lt(0.5).to(images.device).view(-1, 1, 1, 1)
    images = torch.where(coins, torch.flip(images, [3]), images)
    place = torch.randint(81, (len(images),), generator=generator)
    padded = torch.nn.ZeroPad2d(4)(images)
    height, width = images.shape[-2:]
    cut = [
        padded[n : n + 1].narrow(2, int(k) // 9, height).narrow(3, int(k) % 9, width) for n, k in enumerate(place)
    ]
    return torch.cat(cut)


@contextmanager
def evaluating(net):
    training = [part for part in net.modules() if part.training]
    net.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for part in training:
            part.training = True


def accuracy(net, images, labels, batch_size):
    with evaluating(net):
        scores = torch.cat([net(batch) for batch in torch.split(images, batch_size)])
    return float((scores.topk(1).indices[:, 0] == labels).double().mean())
