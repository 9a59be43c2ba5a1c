"""Iterations, images and nets on which a wrong recipe gives itself away."""

from collections.abc import Iterator

import torch
from torch import Tensor

from lessons.checking.case import Case
from models import recipe as REFERENCE  # noqa: F401, N812 - the examiner asks for it by this name

FIRST_DROP, SECOND_DROP, END = 32_000, 48_000, 64_000


def cases(rng: torch.Generator) -> Iterator[Case]:
    """The rate at its steps; views of numbered images, counted; nets whose answers to each image are known."""
    drops = [drop + step for drop in (FIRST_DROP, SECOND_DROP) for step in (-1, 0, 1)]
    yield _rates("the rate on both sides of each drop", [0, 1, *drops, END - 1])
    yield _rates("the rate between the drops, in any order", _between(rng))
    yield _images("two thousand copies of an image in twenty calls", _numbered(1, 1, 6, 7), rng, "views")
    yield _images("different images of three channels", _numbered(5, 3, 6, 8), rng)
    yield _images("a single image of one channel", _numbered(1, 1, 7, 9), rng)
    yield _images("as many images as channels, rows and columns", _numbered(6, 6, 6, 6), rng)
    yield _images("images larger than usual", _numbered(2, 1, 20, 34), rng)
    yield _images("bytes stay bytes", _numbered(2, 2, 6, 7).to(torch.uint8), rng)
    yield _images("float32 stays float32", _numbered(3, 2, 6, 7).to(torch.float32), rng)
    yield _images("channels last in memory", _scattered(_numbered(4, 3, 6, 9)), rng)
    yield _images("the result lies on the device of the images", _numbered(3, 2, 6, 7), rng, meta=True)
    yield _images("the generator alone decides", _numbered(16, 2, 6, 7), rng, "chance")
    yield _scores("the last batch is shorter", "111000101010111", 6, [6, 4])
    yield _scores("one image at a time, and all at once", "0110100", 3, [1, 7])
    yield _scores("fewer images than batch_size", "10110", 4, [8])
    yield _scores("a net with a frozen part in the middle", "0010111", 3, [3], "training")
    yield _scores("a net that is in evaluation mode already", "11101", 3, [2], "evaluation")
    yield _scores("a net of which only parts are in training mode", "011011001", 5, [4], "mixed")
    yield _scores("a single image", "1", 3, [3])
    yield _scores("a net that is always wrong, in float32", "00000", 3, [2], dtype=torch.float32)
    yield _scores("as many images at once as there are classes", "1101100101", 3, [5])
    yield _scores("more than 255 right answers", "1" * 280 + "0" * 20, 3, [290])
    yield _scores("a net that raises in its second batch", "110101", 4, [2], "mixed", raises=True)
    yield _scores("a result drawn for this attempt", _drawn(rng), 7, [5, 3])


def _rates(claim: str, iterations: list[int]) -> Case:
    return Case(claim, {}, {"what": "rate", "iterations": iterations})


def _between(rng: torch.Generator) -> list[int]:
    """Late ones first, then early ones, and the late ones again: a rate that counts its own calls is lost here."""
    spans = [(SECOND_DROP + 1, END - 1), (FIRST_DROP + 1, SECOND_DROP - 1), (2, FIRST_DROP - 1)]
    drawn = [int(torch.randint(first, last, (), generator=rng)) for first, last in spans]
    return [*drawn, 200, 399, 400, 16_000, *drawn]


def _images(claim: str, images: Tensor, rng: torch.Generator, what: str = "own views", meta: bool = False) -> Case:
    seed = int(torch.randint(1 << 30, (), generator=rng))
    return Case(claim, {"images": images}, {"what": what, "seed": seed}, meta=meta)


def _numbered(*shape: int) -> Tensor:
    """Pixels 1, 2, 3, ... row by row: every one can be known again."""
    count = torch.Size(shape).numel()
    return torch.arange(1.0, count + 1, dtype=torch.float64).view(shape)


def _scattered(images: Tensor) -> Tensor:
    return images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)


def _drawn(rng: torch.Generator) -> str:
    """Right and wrong answers in turn by chance, all right in the end, so that a short last batch weighs too much."""
    return "".join(str(int(bit)) for bit in torch.randint(2, (14,), generator=rng)) + "011"


def _scores(
    claim: str,
    right: str,
    classes: int,
    batch_sizes: list[int],
    modes: str = "training",
    dtype: torch.dtype = torch.float64,
    raises: bool = False,
) -> Case:
    """One image for each digit of `right`: 1 where the net knows its label, 0 where the label is another."""
    answers = torch.arange(len(right)) * 2 % classes
    wrong = torch.tensor([digit == "0" for digit in right])
    noise = torch.linspace(-0.3, 0.3, len(right) * 2 * 12, dtype=dtype).view(len(right), 2, 3, 4)
    images = answers.to(dtype)[:, None, None, None] + noise
    labels = torch.where(wrong, (answers + 1) % classes, answers)
    arguments = {"what": "accuracy", "batch_sizes": batch_sizes, "modes": modes}
    return Case(claim, {"images": images, "labels": labels}, arguments | ({"raises": True} if raises else {}))
