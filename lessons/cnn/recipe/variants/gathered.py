"""Index arithmetic for the windows, bisection for the rate, a DataLoader and a copied net for the accuracy."""

import bisect
import copy

import torch
from torch.utils.data import DataLoader, TensorDataset


def learning_rate(iteration):
    return 10.0 ** -(1 + bisect.bisect_right([32_000, 48_000], iteration))


def augment(images, generator):
    size, channels, height, width = images.shape
    padded = images.new_zeros(size, channels, height + 8, width + 8)
    padded[..., 4 : 4 + height, 4 : 4 + width] = images
    corner = torch.randint(0, 9, (size, 2), generator=generator)
    rows = corner[:, :1] + torch.arange(height)
    columns = corner[:, 1:] + torch.arange(width)
    coins = torch.randint(0, 2, (size, 1), generator=generator).bool()
    columns = torch.where(coins, columns.flip(1), columns).to(images.device)
    picture = torch.arange(size)[:, None, None].to(images.device)
    return padded.transpose(0, 1)[:, picture, rows.to(images.device)[:, :, None], columns[:, None, :]].transpose(0, 1)


@torch.inference_mode()
def accuracy(net, images, labels, batch_size):
    judge = copy.deepcopy(net).eval()
    loader = DataLoader(TensorDataset(images, labels), batch_size=batch_size)
    return sum((judge(x).softmax(-1).argmax(-1) == y).sum().item() for x, y in loader) / labels.numel()
