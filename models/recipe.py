"""The recipe by which the paper trains on CIFAR-10: its learning rate, its views of an image, how a net is judged."""

import torch
from jaxtyping import Int, Shaped
from torch import Tensor, nn


def learning_rate(iteration: int, peak: float = 0.1, drops: tuple[int, ...] = (32_000, 48_000)) -> float:
    """The peak, divided by ten at each of the drops.

        rate = peak / 10^(number of drops that are <= iteration)

    Symbols: an iteration is one step of the optimiser, counted from 0; the one numbered 32,000 is the first at 0.01.
    He et al. 2015 (1512.03385), section 4.2.
    """
    return peak / 10 ** sum(iteration >= drop for drop in drops)


def augment(images: Shaped[Tensor, "B C H W"], generator: torch.Generator) -> Shaped[Tensor, "B C H W"]:
    """What an image looks like in training: another crop each time, and half of the time mirrored.

    Shapes: images and out (B, C, H, W), of the same dtype.
    He et al. 2015 (1512.03385), section 4.2: 4 pixels are padded on each side.
    """
    return random_mirror(random_crop(images, 4, 0.0, generator), generator)


def random_crop(
    images: Shaped[Tensor, "B C H W"], padding: int, fill: float, generator: torch.Generator
) -> Shaped[Tensor, "B C H W"]:
    """Add `padding` pixels of value `fill` on each side, then cut each image out at a place of its own."""
    size, height, width = images.shape[0], images.shape[2], images.shape[3]
    places = torch.randint(0, 2 * padding + 1, (2, size), generator=generator).to(images.device)
    padded = nn.functional.pad(images, (padding,) * 4, value=fill)  # (B, C, H+2p, W+2p)
    windows = padded.unfold(2, height, 1).unfold(3, width, 1)  # (B, C, 2p+1, 2p+1, H, W), a view
    return windows[torch.arange(size, device=images.device), :, places[0], places[1]]  # (B, C, H, W)


def random_mirror(images: Shaped[Tensor, "B C H W"], generator: torch.Generator) -> Shaped[Tensor, "B C H W"]:
    """Exchange left and right in each image with probability one half."""
    mirrored = (torch.rand(images.shape[0], generator=generator) < 0.5).to(images.device)
    return torch.where(mirrored[:, None, None, None], images.flip(-1), images)


@torch.no_grad()
def accuracy(net: nn.Module, images: Shaped[Tensor, "N C H W"], labels: Int[Tensor, " N"], batch_size: int) -> float:
    """The share of images whose largest score is that of their label, in evaluation mode.

        accuracy = (number of n with argmax_k net(images)[n, k] = labels[n]) / N

    Every image counts once, also in a last batch that is shorter. The modes of all parts of the net are put back,
    also when it raises.
    He et al. 2015 (1512.03385), section 4.2: a test image is seen once, as it is.
    """
    modes = [(part, part.training) for part in net.modules()]
    net.eval()
    right = 0
    try:
        for start in range(0, len(images), batch_size):
            scores = net(images[start : start + batch_size])  # (B, K)
            right += int((scores.argmax(dim=1) == labels[start : start + batch_size]).sum())
    finally:
        for part, mode in modes:
            part.training = mode
    return right / len(images)
