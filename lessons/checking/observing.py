"""What several observers do alike: parts that can be told from torch's, state by name, gradients.

An observer runs beside the learner's code, so nothing here knows an answer, and it imports torch only.
"""

import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from torch import Tensor, nn

NO_NUMBERS = ("item()", "local_scalar", "nonzero")  # what torch says on the meta device


class Conv2d(nn.Conv2d):
    """Torch's own, which draws no first numbers where there is no data: that is most of a large net's cost there."""

    def reset_parameters(self) -> None:
        if not self.weight.is_meta:
            super().reset_parameters()


class BatchNorm2d(nn.BatchNorm2d):
    """The same of torch's normalisation."""

    def reset_parameters(self) -> None:
        if not self.weight.is_meta:
            super().reset_parameters()


class Linear(nn.Linear):
    """The same of torch's linear map."""

    def reset_parameters(self) -> None:
        if not self.weight.is_meta:
            super().reset_parameters()


class MarkedConv(nn.Conv2d):
    """A convolution that can be told from torch's by its numbers, and that keeps the sizes it was made with."""

    def __init__(self, in_channels: int, out_channels: int, kernel_size: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(in_channels, out_channels, kernel_size, *args, **kwargs)
        self.sizes = [kernel_size, *args, *kwargs.values()]

    def forward(self, input: Tensor) -> Tensor:
        return 0.75 * super().forward(input)


class MarkedNorm(nn.BatchNorm2d):
    """A normalisation that can be told from torch's by its numbers."""

    def forward(self, input: Tensor) -> Tensor:
        return 1.25 * super().forward(input) + 0.125


class PlainAttention(nn.Module):
    """Attention in heads, of the form that a layer is handed; a mask says what may be seen, or is added if a float."""

    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"attention(d_model, num_heads) got d_model {d_model}, num_heads {num_heads}")
        self.num_heads = num_heads
        self.w_q, self.w_k, self.w_v, self.w_o = (Linear(d_model, d_model, bias=False) for _ in range(4))

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Any = None, cache: Any = None) -> Any:
        size = (self.num_heads, -1)
        q = self.w_q(query).unflatten(-1, size).transpose(1, 2)
        k = self.w_k(key).unflatten(-1, size).transpose(1, 2)
        v = self.w_v(value).unflatten(-1, size).transpose(1, 2)
        if cache is not None:
            if "k" in cache:
                k, v = torch.cat([cache["k"], k], 2), torch.cat([cache["v"], v], 2)
            cache["k"], cache["v"] = k, v
        scores = q @ k.mT / q.shape[-1] ** 0.5
        if mask is not None:
            scores = scores + mask if mask.is_floating_point() else scores.masked_fill(~mask, -torch.inf)
        weights = scores.softmax(-1)
        return self.w_o((weights @ v).transpose(1, 2).flatten(2)), weights


class PlainFeedForward(nn.Module):
    """Two linear maps and a ReLU, of the form that a layer is handed."""

    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.w_1, self.w_2 = Linear(d_model, d_ff), Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        return self.w_2(torch.relu(self.w_1(x)))


class MarkedAttention(PlainAttention):
    """One that can be told by its numbers, and that keeps its weights to itself, as a fused one does."""

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Any = None, cache: Any = None) -> Any:
        return 0.75 * super().forward(query, key, value, mask, cache)[0], None


class MarkedFeedForward(PlainFeedForward):
    """One that can be told by its numbers."""

    def forward(self, x: Tensor) -> Tensor:
        return 0.5 * super().forward(x) - 0.25


class MarkedLayerNorm(nn.LayerNorm):
    """A normalisation of tokens that can be told from torch's by its numbers."""

    def forward(self, input: Tensor) -> Tensor:
        return 1.25 * super().forward(input) + 0.125


def as_declared(keep: Tensor | None, attention: Any) -> Tensor | None:
    """A mask of what may be seen, as the learner's own attention declares that it wants masks."""
    declared = getattr(sys.modules.get(getattr(attention, "__module__", "")), "CONVENTIONS", {})
    kind = declared.get("mask", "keep") if isinstance(declared, dict) else "keep"
    if keep is None or kind == "keep":
        return keep
    if kind == "hide":
        return ~keep
    return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)


def state_of(module: nn.Module) -> Iterator[tuple[str, list[str]]]:
    """Names and shapes of everything that the module would save, by the part that holds it."""
    held: dict[str, list[str]] = {}
    parts: set[str] = set()
    for name, value in sorted(module.state_dict().items()):
        owner, _, last = name.rpartition(".")
        if last != "num_batches_tracked":
            held.setdefault(owner, []).append(f"{last} {tuple(value.shape)}")
            parts.add(name.partition(".")[0])
    yield "parts that hold parameters or buffers", sorted(parts)
    for owner in sorted(held):
        yield f"state of {owner}", held[owner]


def set_state(module: nn.Module, seed: int) -> None:
    """Numbers that depend on a name and the seed only: neither an extra entry nor another order moves them."""
    generator = torch.Generator()
    for name, value in sorted(module.state_dict().items()):  # what has two names gets the last one's numbers
        if value.is_meta or not value.is_floating_point():
            continue
        generator.manual_seed(seed + zlib.crc32(name.encode()))
        drawn = torch.randn(value.shape, generator=generator, dtype=torch.float64)
        if name.endswith("running_var"):
            drawn = drawn.square() + 0.25
        elif value.dim() > 1:
            drawn = drawn * 1.5 / value[0].numel() ** 0.5
        elif name.endswith("weight"):
            drawn = drawn.sign() * (drawn.abs() + 0.5)
        with torch.no_grad():
            value.copy_(drawn)


def running_statistics(module: nn.Module, when: str) -> Iterator[tuple[str, Tensor]]:
    """A copy of every floating-point buffer that would be saved, as it is now."""
    saved = module.state_dict()
    for name, value in sorted(module.named_buffers()):
        if value.is_floating_point() and name in saved:
            yield f"{name} {when}", value.clone()


def output_and_gradients(module: nn.Module, batch: Tensor) -> Iterator[tuple[str, Any]]:
    """The output on a training batch, and the gradients of the batch and of every parameter; none without numbers."""
    if batch.is_meta:
        return
    leaf = batch.detach().requires_grad_()
    y = module(leaf)
    yield "training output of a second batch", y
    for name, gradient in gradients_of(y, {"x": leaf, **dict(sorted(module.named_parameters()))}).items():
        yield f"gradient of {name}", gradient


def evaluations(module: nn.Module, batch: Tensor) -> Iterator[tuple[str, Any]]:
    """Evaluation as it is really done: more than once, without gradients, and still able to give them."""
    module.eval()
    yield "evaluation output", module(batch)
    if batch.is_meta:  # there are no numbers, and calls without them are slow
        return
    other = 1.0 - 0.5 * batch
    yield "evaluation output of other images", module(other)
    with torch.no_grad():
        given = other.clone()
        yield "evaluation output under no_grad", module(given)
        yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
        yield "images left as they were", bool(torch.equal(given, other))
    yield "parts left in training mode", sorted(name for name, part in module.named_modules() if part.training)
    leaf = batch.detach().requires_grad_()
    yield "gradient of x in evaluation", gradients_of(module(leaf), {"x": leaf})["x"]


def one_image_more(batch: Tensor) -> Tensor:
    """Another batch size, as the last batch of an epoch has: what was kept for the first must not be used again."""
    return torch.cat([batch, batch[:1]])


def or_itself(x: Tensor, result: Callable[[], Any]) -> Any:
    """The result; x itself where x has no numbers and the right solution at hand must read some, as a mask does."""
    try:
        return result()
    except (NotImplementedError, RuntimeError) as error:
        if not x.is_meta or not any(words in str(error) for words in NO_NUMBERS):
            raise
        return x


def gradients_of(y: Tensor, named: Mapping[str, Any]) -> dict[str, Any]:
    """The gradient of each named tensor under unequal weights on the outputs; "none" where none arrives.

    A plain sum of the outputs would not see gradients that land in the wrong place.
    """
    wanted = {name: value for name, value in named.items() if isinstance(value, Tensor) and value.requires_grad}
    gradients: dict[str, Any] = dict.fromkeys(named, "none")
    if not y.requires_grad or not wanted:
        return gradients
    loss = (y * torch.linspace(-1.0, 2.0, y.numel(), dtype=y.dtype, device=y.device).reshape(y.shape)).sum()
    found = torch.autograd.grad(loss, list(wanted.values()), allow_unused=True)
    return gradients | {name: "none" if g is None else g for name, g in zip(wanted, found, strict=True)}


def declared_by(code: Any, name: str) -> Any:
    """What the file in which `code` stands says in CONVENTIONS[name]; None where it says nothing."""
    written = getattr(code, "func", code)  # the function of a partial one
    beside = sys.modules.get(getattr(written, "__module__", None) or "")
    said = getattr(code, "CONVENTIONS", getattr(beside, "CONVENTIONS", {}))
    return said.get(name)


def mask_that_is(kind: Any, keep: Tensor, dtype: torch.dtype) -> Tensor:
    """The mask by its kind, of what may be seen."""
    if kind == "hide":
        return ~keep
    if kind == "additive":
        return torch.zeros(keep.shape, dtype=dtype, device=keep.device).masked_fill(~keep, -torch.inf)
    return keep
