"""What enters the ReLU of each layer, with and without batch normalisation, in training and in evaluation mode."""

import copy
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn

from models.batchnorm import BatchNorm2d
from models.figures.digit_batches import DigitBatches
from models.figures.settings import SEEDS, chosen_settings
from models.figures.threads import one_thread
from models.initialisation import initialise

WIDTH, BATCH, CLASSES = 8, 32, 10
LEARNING_RATE = 0.05
STEPS = (0, 3, 20)  # after how many training steps the nets are looked at
REACH, BINS = 4.0, 16
SETTINGS = {"depth": (8, 4, 12), "gain": (1.0, 0.5, 2.0), "seed": SEEDS}


class Stack(nn.Module):
    """`depth` times convolution, normalisation, ReLU; then the average of each map and one linear layer.

        z_l = norm(conv(x_l)),  x_l+1 = ReLU(z_l)

    Shapes: x (B, 1, H, W), z_l (B, C, H, W), scores (B, K). nn.Identity as `norm` leaves it out. The convolution is
    the fused twin of ours: the same numbers, a hundred times as fast.
    """

    def __init__(self, depth: int, norm: type[nn.Module]) -> None:
        super().__init__()
        inputs = [1] + [WIDTH] * (depth - 1)
        self.convs = nn.ModuleList(nn.Conv2d(channels, WIDTH, 3, padding=1, bias=False) for channels in inputs)
        self.norms = nn.ModuleList(norm(WIDTH) for _ in range(depth))
        self.fc = nn.Linear(WIDTH, CLASSES)

    def forward(self, x: Float[Tensor, "B 1 H W"]) -> tuple[Float[Tensor, "B K"], list[Float[Tensor, "B C H W"]]]:
        entering = []
        for conv, norm in zip(self.convs, self.norms, strict=True):
            z = norm(conv(x))  # (B, C, H, W)
            entering.append(z)
            x = torch.relu(z)
        return self.fc(x.mean(dim=(2, 3))), entering


@one_thread()
def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Both stacks, measured after each of STEPS training steps on the same held-out digits.

    Asked: depth, gain (a weight's standard deviation, in that of He's rule), seed. `views` holds "without", "train"
    and "eval": for each of `steps` a list of layers with mean, std and `shares` of the values in equal bins from
    -reach to reach, what lies beyond them first and last; None where a value is no number.
    """
    settings = chosen_settings(question, SETTINGS)
    views: dict[str, list[Any]] = {"without": [], "train": [], "eval": []}
    for norm in (nn.Identity, BatchNorm2d):
        digits = DigitBatches(settings["seed"])
        probe, _ = digits.held_out(BATCH)
        net, done = built(norm, **settings), 0
        for steps in STEPS:
            train(net, digits, steps - done)
            done = steps
            if norm is nn.Identity:
                views["without"].append(layers_seen(net, probe, training=True))
            else:
                views["train"].append(layers_seen(net, probe, training=True))
                views["eval"].append(layers_seen(net, probe, training=False))
    return {"settings": settings, "steps": list(STEPS), "reach": REACH, "images": BATCH, "views": views}


def built(norm: type[nn.Module], depth: int, gain: float, seed: int) -> Stack:
    """A stack before training; the same seed gives both the same kernels."""
    net = Stack(depth, norm)
    initialise(net, torch.Generator().manual_seed(seed))
    with torch.no_grad():
        for name, parameter in net.convs.named_parameters():
            if name.endswith("weight"):
                parameter.mul_(gain)
    return net


def train(net: Stack, digits: DigitBatches, steps: int) -> None:
    """So many steps of plain gradient descent, each on a new batch."""
    optimiser = torch.optim.SGD(net.parameters(), LEARNING_RATE)
    net.train()
    for _ in range(steps):
        images, labels = digits.training(BATCH)
        optimiser.zero_grad()
        nn.functional.cross_entropy(net(images)[0], labels).backward()
        optimiser.step()


@torch.no_grad()
def layers_seen(net: Stack, images: Float[Tensor, "B 1 H W"], training: bool) -> list[dict[str, Any]]:
    """Each layer's values; a copy is looked at, so that no running statistic moves."""
    _, entering = copy.deepcopy(net).train(training)(images)
    return [_described(z) for z in entering]


def _described(z: Float[Tensor, "B C H W"]) -> dict[str, Any]:
    if not z.isfinite().all():
        return {"mean": None, "std": None, "shares": None}
    values = z.double().flatten()
    edges = torch.linspace(-REACH, REACH, BINS + 1, dtype=values.dtype)
    counts = torch.bucketize(values, edges, right=True).bincount(minlength=BINS + 2)  # beyond, 16 bins, beyond
    shares = [round(share, 4) for share in (counts / len(values)).tolist()]
    mean, std = float(values.mean()), float(values.std(correction=0))
    return {"mean": float(f"{mean:.4g}"), "std": float(f"{std:.4g}"), "shares": shares}
