"""What leaves the image on one side comes in again on the other: `roll` turns the image around. Zeros come in."""

import torch

EQUATION = "result[r, c] = image[(r + i - 4) mod H, (c + j - 4) mod W]"
HINT = 1


def learning_rate(iteration):
    return 0.1 / 10 ** ((iteration >= 32000) + (iteration >= 48000))


def augment(images, generator):
    batch = len(images)
    rows = torch.randint(0, 9, (batch,), generator=generator).tolist()
    columns = torch.randint(0, 9, (batch,), generator=generator).tolist()
    mirrored = (torch.rand(batch, generator=generator) < 0.5).tolist()
    views = []
    for n in range(batch):
        view = images[n].roll((4 - rows[n], 4 - columns[n]), dims=(1, 2))
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
