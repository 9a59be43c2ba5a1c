"""How a BasicBlock is built and used, in training and in evaluation, and what is seen of it."""

import torch
from torch import nn

from lessons.checking.observing import (
    MarkedConv,
    MarkedNorm,
    evaluations,
    one_image_more,
    output_and_gradients,
    running_statistics,
    set_state,
    state_of,
)


def observe(
    BasicBlock,  # noqa: N803 - a class
    x,
    in_channels,
    out_channels,
    seed,
    options=None,
    positional=False,
    marked=False,
    silent_end=False,
    conv=None,
    norm=None,
):
    """Parts, outputs, running statistics and gradients. `silent_end` sets the last norm's weight and bias to zero."""
    torch.manual_seed(seed)
    conv, norm = (MarkedConv, MarkedNorm) if marked else (conv, norm)
    parts = {name: part for name, part in (("conv", conv), ("norm", norm)) if part is not None}
    given = {**(options or {}), **parts}
    with torch.device(x.device):
        block = (
            BasicBlock(in_channels, out_channels, *given.values())
            if positional
            else BasicBlock(in_channels, out_channels, **given)
        )
    yield from what_it_is_made_of(block, marked)
    set_state(block, seed)
    if silent_end:
        for value in (block.bn2.weight, block.bn2.bias):
            nn.init.zeros_(value)
        yield from laws_of_a_silent_branch(block, x)

    yield "training output", block(x)
    yield "attributes of the block that keep a graph alive", keeping_a_graph(block)
    yield from running_statistics(block, "after a training batch")
    yield from output_and_gradients(block, one_image_more(0.5 - 1.5 * x.flip(3)))
    yield from evaluations(block, x)


def keeping_a_graph(block):
    """Names of what was stored on the block in a pass, and still knows how it was computed."""

    def graphs(value):
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
        return any(isinstance(one, torch.Tensor) and one.grad_fn is not None for one in inside)

    return sorted(name for name, value in vars(block).items() if graphs(value))


def laws_of_a_silent_branch(block, x):
    """With weight and bias of the last norm at zero, x goes through the shortcut alone."""
    y = block(x)
    yield "invariant: with bn2's weight and bias at 0 the block is ReLU(x)", bool(torch.equal(y, torch.relu(x)))
    yield "invariant: then a block after the block changes nothing more", bool(torch.equal(block(y), y))
    leaf = x.detach().requires_grad_()
    slope = torch.autograd.grad(block(leaf).sum(), leaf)[0]
    right = bool(torch.equal(slope, (x > 0).to(x.dtype)))
    yield "invariant: then the gradient of x is 1 where x is positive, and else 0", right


def what_it_is_made_of(block, marked):
    """Names and shapes of the state, and which modules came from the constructors that were handed in."""
    yield from state_of(block)
    if marked:
        made = [name for name, module in block.named_modules() if isinstance(module, MarkedConv | MarkedNorm)]
        yield "parts that conv= and norm= have made", sorted(made)
        sizes = [size for part in block.modules() if isinstance(part, MarkedConv) for size in part.sizes]
        yield "sizes that are no whole numbers", sorted({str(size) for size in sizes if not isinstance(size, int)})
