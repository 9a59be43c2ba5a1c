"""How a ResNet is built and used, and what is seen of it, with a plain block in the place of the real one."""

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


def stand_in(returned):
    """A block class of two layers that keeps how it was built, and adds to `returned` the shape that it gave."""

    class PlainBlock(nn.Module):
        def __init__(self, in_channels, out_channels, stride=1, shortcut="not given", conv=None, norm=None):
            super().__init__()
            parts = ["not given" if part is None else part.__name__ for part in (conv, norm)]
            self.built = f"{in_channels}->{out_channels} stride={stride} shortcut={shortcut} {' '.join(parts)}"
            conv, norm = conv or nn.Conv2d, norm or nn.BatchNorm2d
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
    block=None,
    conv=None,
    norm=None,
):
    """Parameter counts where `sizes` are given; else blocks and state, and what a run on x gives."""
    torch.manual_seed(seed)
    options = {name: tuple(v) if isinstance(v, list) else v for name, v in (options or {}).items()}
    returned = []
    if not real_block:
        block = stand_in(returned)
    conv, norm = (MarkedConv, MarkedNorm) if marked else (conv or nn.Conv2d, norm or nn.BatchNorm2d)
    parts = {name: part for name, part in (("block", block), ("conv", conv), ("norm", norm)) if part}
    for blocks in sizes:
        yield f"number of parameters with blocks {tuple(blocks)}", count(ResNet, tuple(blocks), options | parts)
    if x is None:
        return
    with torch.device(x.device):
        net = ResNet(*options.values(), *parts.values()) if positional else ResNet(**options, **parts)
    yield from what_it_is_made_of(net)
    if not run:
        return
    set_state(net, seed)

    yield "training output", net(x)
    yield "shapes that the blocks return", list(returned)
    yield from with_gradients(net, 0.5 - x.flip(3))
    yield from running_statistics(net)
    net.eval()
    yield "evaluation output", net(x)


def count(ResNet, blocks, arguments):  # noqa: N803 - a class
    """How many numbers an optimiser would be given; nothing is computed."""
    with torch.device("meta"):
        return sum(value.numel() for value in ResNet(blocks, **arguments).parameters())


def what_it_is_made_of(net):
    """The blocks of each stage, and names and shapes of the whole state."""
    for number, stage in enumerate(net.stages):
        built = [getattr(block, "built", "a block") for block in stage]
        yield f"blocks of stages[{number}]", built
    held: dict[str, list[str]] = {}
    for name, value in sorted(net.state_dict().items()):
        owner, _, last = name.rpartition(".")
        if last != "num_batches_tracked":
            held.setdefault(owner, []).append(f"{last} {tuple(value.shape)}")
    yield "parts that hold parameters or buffers", sorted({owner.partition(".")[0] for owner in held})
    for owner in sorted(held):
        yield f"state of {owner}", held[owner]


def set_state(net, seed):
    """Numbers that depend on a name and the seed only: an extra entry does not move the others."""
    for name, value in net.state_dict().items():
        if not value.is_floating_point():
            continue
        generator = torch.Generator().manual_seed(seed + zlib.crc32(name.encode()))
        drawn = torch.randn(value.shape, generator=generator, dtype=torch.float64)
        if name.endswith("running_var"):
            drawn = drawn.square() + 0.25
        elif value.dim() > 1:
            drawn = drawn * 1.5 / value[0].numel() ** 0.5
        elif name.endswith("weight"):
            drawn = drawn.sign() * (drawn.abs() + 0.5)
        with torch.no_grad():
            value.copy_(drawn)


def running_statistics(net):
    """Every floating-point buffer after two training batches."""
    for name, value in sorted(net.named_buffers()):
        if value.is_floating_point():
            yield f"{name} after two training batches", value.clone()


def with_gradients(net, batch):
    """The output on a batch, and the gradients of batch and parameters under unequal weights on the outputs."""
    leaf = batch.detach().requires_grad_()
    y = net(leaf)
    yield "training output of a second batch", y
    if y.is_meta:  # there are no numbers, and gradients without them are slow
        return
    named = {"x": leaf, **dict(sorted(net.named_parameters()))}
    wanted = {name: value for name, value in named.items() if value.requires_grad}
    gradients = dict.fromkeys(named, "none")
    if y.requires_grad:
        loss = (y * torch.linspace(-1.0, 2.0, y.numel(), dtype=y.dtype, device=y.device).reshape(y.shape)).sum()
        found = torch.autograd.grad(loss, list(wanted.values()), allow_unused=True)
        gradients |= {name: "none" if g is None else g for name, g in zip(wanted, found, strict=True)}
    for name, gradient in gradients.items():
        yield f"gradient of {name}", gradient
