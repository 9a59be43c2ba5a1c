"""The paper's recipe for CIFAR-10: how fast a net learns, what it is shown, and how it is judged."""

import torch
from torch import Tensor, nn


def learning_rate(iteration: int) -> float:
    """The paper's learning rate: 0.1, divided by 10 at iteration 32,000 and once more at 48,000.

        rate = 0.1    for       0 <= iteration < 32,000
               0.01   for  32,000 <= iteration < 48,000
               0.001  for  48,000 <= iteration < 64,000, where the training ends

    An iteration is one step of the optimiser, a batch of 128; they are counted from 0, and no other number is asked
    for. The warm-up that the paper gives its 110-layer net alone is left out. Returns a Python float.

    He et al. 2015 (arXiv 1512.03385), section 4.2.
    """
    raise NotImplementedError("your turn: learning_rate")


def augment(images: Tensor, generator: torch.Generator) -> Tensor:
    """What each image looks like in training: a random window of it with a border of zeros, mirrored half of the time.

        padded = image with 4 pixels of zeros on each of its four sides        (C, H + 8, W + 8)
        window = padded[:, i : i + H, j : j + W],   i and j drawn from 0, 1, ..., 8, all equally likely
        result = window, or with probability 1/2 the window with left and right exchanged

    Every image draws its own i, j and mirror, each apart from the others; all channels of an image share them.

    Shapes:  images (B, C, H, W) -> (B, C, H, W), of the same dtype (uint8 too) and on the same device.
    Chance:  comes from `generator` alone, which lives on the CPU: the same state gives the same result, and each call
             moves it on. Torch's global generator and Python's `random` are left alone. The draws' order is yours.
    images stay as they were.

    He et al. 2015 (arXiv 1512.03385), section 4.2.
    """
    raise NotImplementedError("your turn: augment")


def accuracy(net: nn.Module, images: Tensor, labels: Tensor, batch_size: int) -> float:
    """The share of images whose largest score is that of their label: a Python float from 0 to 1.

        accuracy = (number of n with argmax_k net(images)[n, k] = labels[n]) / N

    The net sees each image once, as it is, never more than batch_size at a time; the last batch may be shorter, and
    its images count as much as all others. While it scores, all its parts are in evaluation mode and no gradients are
    recorded. Afterwards, also when the net raises, every part is in the mode in which it was before (some may have
    been frozen in evaluation), and nothing that the net holds has changed.

    Shapes:  images (N, C, H, W), labels (N,) of int64, net(batch) (B, K).

    He et al. 2015 (arXiv 1512.03385), section 4.2: "we only evaluate the single view of the original 32x32 image".
    """
    raise NotImplementedError("your turn: accuracy")
