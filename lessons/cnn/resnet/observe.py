"""How a ResNet is built and used, and what is seen of it, with a plain block in the place of the real one."""

import torch
from torch import nn

from lessons.checking.observing import (
    BatchNorm2d,
    Conv2d,
    MarkedConv,
    MarkedNorm,
    evaluations,
    one_image_more,
    output_and_gradients,
    running_statistics,
    set_state,
    state_of,
)


def given_as(part):
    """In words for the learner, who knows neither our parts nor their names."""
    return {None: "not given", MarkedConv: "conv=conv", MarkedNorm: "norm=norm"}.get(part) or part.__name__


def stand_in(returned):
    """A block class of two layers that keeps how it was built, and adds to `returned` the shape that it gave."""

    class PlainBlock(nn.Module):
        def __init__(self, in_channels, out_channels, stride=1, shortcut="not given", conv=None, norm=None):
            super().__init__()
            parts = [given_as(part) for part in (conv, norm)]
            self.built = f"{in_channels}->{out_channels} stride={stride} shortcut={shortcut} {' '.join(parts)}"
            conv, norm = conv or Conv2d, norm or BatchNorm2d
            self.conv1 = conv(in_channels, out_channels, 3, stride=stride, padding=1, bias=False)
            self.bn1 = norm(out_channels)
            self.conv2 = conv(out_channels, out_channels, 3, stride=1, padding=1, bias=False)
            self.bn2 = norm(out_channels)

        def forward(self, x):
            h = torch.tanh(self.bn1(self.conv1(x)))
            h = torch.tanh(self.bn2(self.conv2(h)))
            returned.append(str(tuple(h.shape)))
            return h

    return PlainBlock


def observe(
    ResNet,  # noqa: N803 - a class
    x=None,
    seed=0,
    options=None,
    sizes=(),
    positional=False,
    marked=False,
    real_block=False,
    run=True,
    lists=False,
    block=None,
    conv=None,
    norm=None,
):
    """Parameter counts where `sizes` are given; else blocks and state, and what a run on x gives."""
    torch.manual_seed(seed)
    options = {
        name: (list(v) if lists else tuple(v)) if isinstance(v, list) else v for name, v in (options or {}).items()
    }
    plan = [list(options.get(name, ())) for name in ("blocks", "widths")]
    returned = []
    if not real_block:
        block = stand_in(returned)
    conv, norm = (MarkedConv, MarkedNorm) if marked else (conv or Conv2d, norm or BatchNorm2d)
    parts = {name: part for name, part in (("block", block), ("conv", conv), ("norm", norm)) if part}
    for blocks in sizes:
        yield f"number of parameters with blocks {tuple(blocks)}", count(ResNet, tuple(blocks), options | parts)
    if x is None:
        return
    with torch.device(x.device):
        net = ResNet(*options.values(), *parts.values()) if positional else ResNet(**options, **parts)
    if lists:
        yield "blocks and widths left as they were", [options["blocks"], options["widths"]] == plan
    number_blocks(net)
    yield from what_it_is_made_of(net)
    if not run:
        return
    set_state(net, seed)

    yield "training output", net(x)
    yield "shapes that the blocks return", list(returned)
    yield from output_and_gradients(net, one_image_more(0.5 - x.flip(3)))
    yield from running_statistics(net, "after two training batches")
    if real_block:  # whose own code may be slow; it is looked at in all ways where it is checked itself
        yield "evaluation output", net.eval()(x)
    else:
        yield from evaluations(net, x)


def count(ResNet, blocks, arguments):  # noqa: N803 - a class
    """How many numbers an optimiser would be given; nothing is computed."""
    with torch.device("meta"):
        return sum(value.numel() for value in ResNet(blocks, **arguments).parameters())


def number_blocks(net):
    """A stage may have its blocks under other names, by add_module; they are found under those as before."""
    for stage in getattr(net, "stages", ()):
        if isinstance(stage, nn.Sequential | nn.ModuleList):
            named = dict(stage._modules)
            stage._modules.clear()
            for number, (name, block) in enumerate(named.items()):
                stage._modules[str(number)] = block
                stage.__dict__.setdefault(name, block)


def what_it_is_made_of(net):
    """The blocks of each stage, and names and shapes of the whole state."""
    for number, stage in enumerate(net.stages):
        several = isinstance(stage, nn.Sequential | nn.ModuleList | list | tuple)
        built = (
            [getattr(block, "built", "a block that is not of the class block=") for block in stage]
            if several
            else f"a {type(stage).__name__} alone"
        )
        yield f"blocks of stages[{number}]", built
    yield from state_of(net)
