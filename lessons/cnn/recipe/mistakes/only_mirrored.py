"""The images are mirrored, but never moved: pad by 4 and cut a random window out."""

import torch

EQUATION = "result = image or its mirror image"
HINT = 1


def learning_rate(iteration):
    return 0.1 / 10 ** ((iteration >= 32000) + (iteration >= 48000))


def augment(images, generator):
    mirrored = torch.rand(len(images), generator=generator) < 0.5
    return torch.stack([image.flip(-1) if m else image for image, m in zip(images, mirrored.tolist())])


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
