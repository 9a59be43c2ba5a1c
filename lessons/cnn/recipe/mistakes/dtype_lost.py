"""The result has the default dtype, whatever came in. Make it from the images: `images.new_zeros(...)` or `torch.empty_like(images)`."""

import torch

EQUATION = "result.dtype = torch.get_default_dtype()"
HINT = 3


def learning_rate(iteration):
    return 0.1 / 10 ** ((iteration >= 32000) + (iteration >= 48000))


def augment(images, generator):
    batch, _, height, width = images.shape
    padded = torch.zeros(batch, images.shape[1], height + 8, width + 8, device=images.device)
    padded[:, :, 4:-4, 4:-4] = images
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
