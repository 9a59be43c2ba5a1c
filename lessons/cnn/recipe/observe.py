"""How the three parts of the recipe are used, and what is seen of them; chance is seen by its statistics."""

import random

import torch
from torch import Tensor, nn

from lessons.checking.observing import or_itself

PADDING, PLACES = 4, 9
ENOUGH_IMAGES = 24  # what goes wrong with half of the images goes wrong with one of these
MOST_KINDS = 8  # a list of more different numbers than this says nothing


class Broken(Exception):
    """What the net raises where a case asks for it."""


def observe(code, what, **given):
    """`what` names the function that a case looks at, or the side of it."""
    looks = {"rate": rates, "views": views, "own views": own_views, "chance": chance, "accuracy": accuracies}
    yield from looks[what](code, **given)


def rates(code, iterations):
    for iteration in iterations:
        yield f"learning rate at iteration {iteration:,}", code.learning_rate(iteration)


def views(code, images, seed, calls=20):
    """Many copies of one image whose pixels are numbered row by row: where they go tells how they were cut."""
    generator = torch.Generator().manual_seed(seed)
    copies = images.expand(100, -1, -1, -1)
    results = []
    for _ in range(calls):
        given = copies.clone()
        results.append(code.augment(given, generator))
        if kind(results[-1]) != kind(copies) or not torch.equal(given, copies):
            yield "kind of the result", kind(results[-1])
            yield "images left as they were", bool(torch.equal(given, copies))
            return
    y = torch.cat(results).double()
    found, row, column, mirrored = places_of(images, y)
    yield "invariant: every result is a window of the padded image, or its mirror image", bool(found.all())
    if found.all():
        cut = (PLACES * row + column).view(calls, -1)
        coins = mirrored.view(calls, -1)
        apart = bool((cut != cut[:, :1]).any(1).all()), bool((coins != coins[:, :1]).any(1).all())
        yield "invariant: images of one call are cut at different places", apart[0]
        yield "all windows of all calls lie at one place", bool((cut == cut[0, 0]).all())
        yield "mirrored images", "all" if coins.all() else "some" if coins.any() else "none"
        yield "invariant: in one call some images are mirrored and some are not", apart[1]
        if not all(apart):
            return
        again = bool((cut == cut[0]).all() and (coins == coins[0]).all())
        yield "invariant: another call cuts and mirrors at other places", not again
        if again:
            return
    yield "differences between a pixel and the one to its right", differences(y[..., 1:], y[..., :-1])
    yield "differences between a pixel and the one below it", differences(y[:, :, 1:], y[:, :, :-1])
    yield "most lines of zeros above, below, left and right", zero_lines(y)
    row, column, mirrored = row[found], column[found], mirrored[found]
    yield "first rows i of the windows", sorted(set(row.tolist()))
    yield "first columns j of the windows", sorted(set(column.tolist()))
    yield from shares(row, column, mirrored)
    if found.all():
        yield from ties_between_images(cut // PLACES, cut % PLACES, coins)


def shares(row, column, mirrored):
    """How often each view occurs; every bound lies at least six standard deviations from what is right."""
    n = len(row)
    if n < 500:
        return
    places = torch.stack([row, column])
    counts = torch.stack([(places == place).sum(1) for place in range(PLACES)])
    yield "invariant: all rows i and all columns j are equally likely", 0.3 < uneven(counts) < 90.0
    inner = counts[1:-1]
    yield "invariant: of rows and columns 1 to 7 none is likelier", uneven(inner) < 90.0
    ends = counts[[0, -1]].sum() / 2 / (inner.sum() / (PLACES - 2))
    yield "the places 0 and 8, beside those between", "rarer" if ends < 0.75 else "likelier" if ends > 1.3 else "alike"
    corners = PLACES * row + column
    yield "invariant: i and j are drawn apart, for each image anew", len(corners.unique()) > 75
    yield "invariant: about half of the images are mirrored", abs(float(mirrored.double().mean()) - 0.5) < 0.07
    seen, turned = (torch.bincount(each, minlength=PLACES**2) for each in (corners, corners[mirrored]))
    chi_square = ((turned - seen / 2).square() / (seen / 4).clamp(min=1)).sum()  # 81 expected, give or take 13
    yield "invariant: the mirror is drawn apart from i and j", bool(chi_square < 185.0)


def uneven(counts):
    """Chi square of counts that should be equal."""
    level = counts.double().mean()
    return float(((counts - level).square() / level.clamp(min=1)).sum())


def ties_between_images(row, column, mirrored):
    """Whether an image's draws tell those of the image that comes 1, 2, 3, ... after it in the same call."""
    for what, drawn, likely in (
        ("row i", row, 1 / PLACES), ("column j", column, 1 / PLACES), ("mirror", mirrored, 1 / 2)
    ):  # fmt: skip
        same = [drawn[:, step:] == drawn[:, :-step] for step in range(1, drawn.shape[1] - 9)]
        far = [abs(float(one.double().mean()) - likely) * (one.numel() / likely / (1 - likely)) ** 0.5 for one in same]
        yield f"invariant: the {what} of an image tells nothing of another's in the same call", max(far) < 7.0
    for what, drawn, kinds in (
        ("row i", row, PLACES),
        ("column j", column, PLACES),
        ("place", row * PLACES + column, PLACES**2),
    ):
        # chi square of each call's counts: kinds - 1 is expected of each, and six standard deviations less refused
        calls, size = drawn.shape
        counts = torch.stack([torch.bincount(one, minlength=kinds) for one in drawn]).double()
        evenness = float(((counts - size / kinds).square() / (size / kinds)).sum())
        freedom = calls * (kinds - 1)
        far_enough = evenness > freedom - 6.0 * (2.0 * freedom) ** 0.5
        yield f"invariant: how many images of a call get the same {what} is left to chance", far_enough
    size = mirrored.shape[1]
    spread = (mirrored.double().sum(1) - size / 2).square().mean() / (size / 4)
    yield "invariant: how many images are mirrored changes from call to call", bool(spread > 0.025)


def own_views(code, images, seed):
    """Different images: each result comes from its own, cut alike in all channels."""
    generator = torch.Generator().manual_seed(seed)
    given = images.clone()
    y = or_itself(given, lambda: code.augment(given, generator))
    yield "kind of the result", kind(y)
    if not isinstance(y, Tensor) or y.shape != images.shape or y.is_meta:
        return
    results, calls = [y], max(4, -(-ENOUGH_IMAGES // len(images)))  # a small batch shows little of chance in one call
    untouched = torch.equal(given, images)
    for _ in range(calls - 1):
        given = images.clone()
        results.append(code.augment(given, generator))
        untouched = untouched and torch.equal(given, images)
    yield "images left as they were", untouched
    yield "kinds of the results of all calls", sorted({str(kind(one)) for one in results})
    if all(isinstance(one, Tensor) and one.shape == images.shape for one in results):
        found = places_of(images.repeat(calls, 1, 1, 1), torch.cat(results).double())[0]
        yield "invariant: every result is a window of its own padded image, or its mirror image", bool(found.all())


def chance(code, images, seed):
    """The generator decides and nothing else; it is moved on by each call."""

    def augmented(generator, elsewhere):
        torch.manual_seed(elsewhere)
        random.seed(elsewhere)
        return code.augment(images.clone(), generator)

    one, two, other = (torch.Generator().manual_seed(seed + n) for n in (0, 0, 1))
    first = augmented(one, 1)
    states = torch.get_rng_state(), random.getstate()
    yield "invariant: the same seed gives the same result", bool(torch.equal(first, augmented(two, 2)))
    yield "invariant: another seed gives another result", not torch.equal(first, augmented(other, 1))
    yield "invariant: a second call gives another result", not torch.equal(first, augmented(one, 1))
    torch.manual_seed(1)
    random.seed(1)
    yield "torch's global generator was used", not torch.equal(states[0], torch.get_rng_state())
    yield "Python's random was used", states[1] != random.getstate()
    generators = [torch.Generator().manual_seed(seed) for _ in range(2)]
    code.augment(images.clone(), generators[0])
    yield "the generator was moved on", not torch.equal(generators[0].get_state(), generators[1].get_state())


def accuracies(code, images, labels, batch_sizes, modes="training", raises=False):
    """The value, and what the net went through: its modes, what it was given, what it holds afterwards."""
    calls = []
    net = recording_net(calls, images.shape[1], int(labels.max()) + 3).to(images.dtype)
    for name, part in net.named_modules():
        part.training = name in ("first", "stage.0") if modes == "mixed" else modes == "training" and name != "stage.0"
    before = {name: value.clone() for name, value in net.state_dict().items()}
    if raises:
        yield from what_a_net_that_raises_leaves(code, net, images, labels, batch_sizes[0])
        return
    for batch_size in batch_sizes:
        calls.clear()
        try:
            yield f"accuracy with batches of {batch_size}", code.accuracy(net, images, labels, batch_size)
            yield "gradients are recorded afterwards", torch.is_grad_enabled()
        finally:
            torch.set_grad_enabled(True)
        yield "parts in training mode while the net scores", sorted({name for call in calls for name in call["modes"]})
        yield "gradients are recorded while the net scores", any(call["gradients"] for call in calls)
        yield "more images at once than batch_size", any(len(call["images"]) > batch_size for call in calls)
        yield "the net is given each image once, as it is", same_images(calls, images)
        yield "parts in training mode afterwards", in_training(net)
        held = net.state_dict()
        yield "what changed in the net", sorted(name for name in held if not torch.equal(held[name], before[name]))
        yield "parameters that can be trained afterwards", sum(value.requires_grad for value in net.parameters())
        yield "hooks left on the net", sum(len(part._forward_hooks) for part in net.modules())
        with torch.no_grad():
            code.accuracy(net, images, labels, batch_size)
            yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()


def what_a_net_that_raises_leaves(code, net, images, labels, batch_size):
    """The error is the caller's to see, and the net is the caller's to go on with."""
    places = []

    def breaks(_part, _given):
        places.append(torch.is_grad_enabled())
        if len(places) == 2:  # in the middle: something was scored already
            raise Broken("in the middle of the net")

    hook = net.stage.register_forward_pre_hook(breaks)
    try:
        code.accuracy(net, images, labels, batch_size)
        came = "no exception"
    except Broken as error:
        came = f"{type(error).__name__}: {error}"
    finally:
        hook.remove()
        recorded = torch.is_grad_enabled()
        torch.set_grad_enabled(True)
    yield "error that the caller sees", came
    yield "gradients are recorded after the net raised", recorded
    yield "parts in training mode after the net raised", in_training(net)


def recording_net(calls, channels, classes):
    """Its class is the rounded mean of the first channel, in evaluation mode; every call is written down."""

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, *inner = (nn.BatchNorm2d(channels, eps=1e-30) for _ in range(3))
            self.stage = nn.Sequential(*inner)  # a part within a part has a mode of its own too
            self.head = nn.Linear(1, classes)
            numbers = torch.arange(float(classes))
            with torch.no_grad():
                for name, number in (("weight", 2.0), ("running_var", 4.0), ("running_mean", 0.5), ("bias", 0.5)):
                    getattr(self.first, name).fill_(number)
                self.head.weight.copy_(2.0 * numbers[:, None])
                self.head.bias.copy_(-numbers.square())

        def forward(self, x):
            calls.append({"modes": in_training(self), "gradients": torch.is_grad_enabled(), "images": x.clone()})
            return self.head(self.stage(self.first(x))[:, :1].mean(dim=(2, 3)))

    return Net()


def in_training(net):
    return sorted(name or "the net itself" for name, part in net.named_modules() if part.training)


def same_images(calls, images):
    """Whether the net was given exactly these images, in any order."""
    given = torch.cat([call["images"] for call in calls]) if calls else images[:0]
    if given.shape != images.shape:
        return False
    orders = [one[:, 0, 0, 0].argsort() for one in (given, images)]
    return bool(torch.equal(given[orders[0]], images[orders[1]]))


def kind(y):
    """Shape, dtype and device, as a list; what else came back is told by its type."""
    return [str(tuple(y.shape)), str(y.dtype), y.device.type] if isinstance(y, Tensor) else [type(y).__name__]


def differences(one, other):
    """The kinds of step from one pixel to its neighbour, where neither is zero."""
    steps = torch.unique((one - other)[(one != 0) & (other != 0)])
    return steps.tolist() if len(steps) <= MOST_KINDS else f"more than {MOST_KINDS} kinds"


def zero_lines(y):
    """How many rows at the top and at the bottom, columns at the left and at the right are zero, at most."""
    rows, columns = (y != 0).any(1).any(2), (y != 0).any(1).any(1)
    return [int(side.long().argmax(1).max()) for side in (rows, rows.flip(1), columns, columns.flip(1))]


def places_of(images, y):
    """(found, row, column, mirrored) of each result among all windows of its padded image.

    A window is known by a weighted sum of its pixels: whole numbers, so that it is exact.
    """
    height, width = images.shape[2:]
    weights = torch.randint(1 << 20, images.shape[1:], generator=torch.Generator().manual_seed(7)).double()
    windows = nn.functional.pad(images.double(), (PADDING,) * 4).unfold(2, height, 1).unfold(3, width, 1)
    sums = [torch.einsum("nchwij,cij->nhw", windows, turned).flatten(1) for turned in (weights, weights.flip(2))]
    same = torch.cat(sums, dim=1) == torch.einsum("ncij,cij->n", y, weights)[:, None]
    index = same.int().argmax(1)
    corner = index % PLACES**2
    return same.any(1), corner // PLACES, corner % PLACES, index >= PLACES**2
