"""Images moved over zeros by slices, chance from a Python generator that the given one seeds."""

import random

import torch


def learning_rate(iteration):
    spans = {range(0, 32_000): 0.1, range(32_000, 48_000): 0.01, range(48_000, 64_000): 0.001}
    return next(rate for span, rate in spans.items() if iteration in span)


def moved(image, down, right):
    """The image moved down and to the right; zeros come in."""
    out = torch.zeros_like(image)
    height, width = image.shape[-2:]
    rows, columns = slice(max(0, down), height + min(0, down)), slice(max(0, right), width + min(0, right))
    from_rows, from_columns = (
        slice(max(0, -down), height + min(0, -down)),
        slice(max(0, -right), width + min(0, -right)),
    )
    out[:, rows, columns] = image[:, from_rows, from_columns]
    return out


def augment(images, generator):
    dice = random.Random(int(torch.randint(1 << 62, (), generator=generator)))
    views = [moved(image, dice.randint(-4, 4), dice.randint(-4, 4)) for image in images]
    return torch.stack([view[:, :, range(view.shape[2])[::-1]] if dice.random() < 0.5 else view for view in views])


def accuracy(net, images, labels, batch_size):
    before = [(part, part.training) for part in net.modules()]
    for part, _ in before:
        part.training = False
    try:
        with torch.no_grad():
            right = [
                net(images[k : k + 1]).flatten().argmax().item() == label for k, label in enumerate(labels.tolist())
            ]
    finally:
        for part, mode in before:
            part.training = mode
    return right.count(True) / len(right)
