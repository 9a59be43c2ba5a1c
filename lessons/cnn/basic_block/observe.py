"""How a BasicBlock is built and used, in training and in evaluation, and what is seen of it."""

import zlib

import torch
from torch import nn


class MarkedConv(nn.Conv2d):
    """A convolution that can be told from torch's by its numbers."""

    def forward(self, input):
        return 0.75 * super().forward(input)


class MarkedNorm(nn.BatchNorm2d):
    """A normalisation that can be told from torch's by its numbers."""

    def forward(self, input):
        return 1.25 * super().forward(input) + 0.125


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

    yield "training output", block(x)
    yield from running_statistics(block)
    yield from with_gradients(block, 0.5 - 1.5 * x.flip(3))
    block.eval()
    yield "evaluation output", block(x)


def what_it_is_made_of(block, marked):
    """Names and shapes of the state, and which modules came from the constructors that were handed in."""
    held: dict[str, list[str]] = {}
    for name, value in sorted(block.state_dict().items()):
        owner, _, last = name.rpartition(".")
        if last != "num_batches_tracked":
            held.setdefault(owner, []).append(f"{last} {tuple(value.shape)}")
    yield "parts that hold parameters or buffers", sorted({owner.partition(".")[0] for owner in held})
    for owner in sorted(held):
        yield f"state of {owner}", held[owner]
    if marked:
        made = [name for name, module in block.named_modules() if isinstance(module, MarkedConv | MarkedNorm)]
        yield "parts that conv= and norm= have made", sorted(made)


def set_state(block, seed):
    """Numbers that depend on a name and the seed only: an extra entry does not move the others."""
    for name, value in block.state_dict().items():
        if not value.is_floating_point():
            continue
        generator = torch.Generator().manual_seed(seed + zlib.crc32(name.encode()))
        drawn = torch.randn(value.shape, generator=generator, dtype=torch.float64)
        if name.endswith("running_var"):
            drawn = drawn.square() + 0.25
        elif value.dim() == 4:
            drawn = drawn * 1.5 / value[0].numel() ** 0.5
        elif name.endswith("weight"):
            drawn = drawn.sign() * (drawn.abs() + 0.5)
        with torch.no_grad():
            value.copy_(drawn)


def running_statistics(block):
    """Every floating-point buffer after one training batch."""
    for name, value in sorted(block.named_buffers()):
        if value.is_floating_point():
            yield f"{name} after a training batch", value.clone()


def with_gradients(block, batch):
    """The output on a batch, and the gradients of batch and parameters under unequal weights on the outputs."""
    leaf = batch.detach().requires_grad_()
    y = block(leaf)
    yield "training output of a second batch", y
    if y.is_meta:  # there are no numbers, and gradients without them are slow
        return
    named = {"x": leaf, **dict(sorted(block.named_parameters()))}
    wanted = {name: value for name, value in named.items() if value.requires_grad}
    gradients = dict.fromkeys(named, "none")
    if y.requires_grad:
        loss = (y * torch.linspace(-1.0, 2.0, y.numel(), dtype=y.dtype, device=y.device).reshape(y.shape)).sum()
        found = torch.autograd.grad(loss, list(wanted.values()), allow_unused=True)
        gradients |= {name: "none" if g is None else g for name, g in zip(wanted, found, strict=True)}
    for name, gradient in gradients.items():
        yield f"gradient of {name}", gradient
