"""What a block calls in one forward pass, in order, with what each call put out and where it took its inputs from."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

MOST_STEPS = 60
_ADDITIONS = frozenset({"add", "add_"})
_RELUS = frozenset({"relu", "relu_"})
_NAMES = {"__getitem__": "slice", "__setitem__": "put"}


@dataclass(frozen=True)
class Step:
    """One layer or operation. `inputs` are the numbers of the steps whose outputs it took; step 0 is the input."""

    name: str
    kind: str  # input, conv, norm, relu, add or other
    words: str
    inputs: tuple[int, ...]
    shape: tuple[int, ...]
    parameters: int
    mean: float | None  # None where the numbers are not finite
    std: float | None


@dataclass(frozen=True)
class _Known:
    """A tensor of the pass as a call found it: the step that made it, and how often it had been written into."""

    step: int
    tensor: Tensor
    version: int


class BlockTrace(TorchFunctionMode):
    """Watches one call of `block`: its modules by hooks, and what it does between them as torch functions.

    A module without submodules is one step, whatever it computes inside. A function that takes no tensor of the
    pass (zeros to pad with, a look at a shape) is none, nor is what hands its input on as it was.
    """

    def __init__(self, block: nn.Module) -> None:
        super().__init__()
        self.block = block
        self.steps: list[Step] = []
        self.called: set[str] = set()
        self.output: int | None = None  # the step whose tensor the block returned
        self._makers: dict[int, int] = {}  # id of a tensor -> the step that made it
        self._alive: list[Tensor] = []  # so that no id is given twice
        self._entered: list[list[_Known]] = []  # what the module that runs now was called with

    @torch.no_grad()
    def run(self, x: Tensor) -> Any:
        """block(x); what was seen until then stays here when it raises."""
        self._note("Input", "input", "", [], x)
        hooks: list[Any] = []
        for name, module in self.block.named_modules():
            if name and not list(module.children()):
                hooks.append(module.register_forward_pre_hook(self._enter, with_kwargs=True))
                hooks.append(module.register_forward_hook(self._leaver(name), with_kwargs=True))
        try:
            with self:
                y = self.block(x)
        finally:
            for hook in hooks:
                hook.remove()
        self.output = self._makers.get(id(y))
        return y

    def __torch_function__(
        self, func: Callable[..., Any], types: Iterable[type], args: Sequence = (), kwargs: Mapping | None = None
    ) -> Any:
        arguments = dict(kwargs or {})
        if self._entered:
            return func(*args, **arguments)
        name = getattr(func, "__name__", str(func))
        known = self._known(args, arguments)
        before = [each.tensor.clone() if name.endswith("_") else each.tensor for each in known]
        result = func(*args, **arguments)
        made = args[0] if name == "__setitem__" else result
        is_fresh = name.startswith("new_") or name.endswith("_like")  # takes a shape, no numbers
        if known and not is_fresh and (tensors := _tensors(made)):
            self._note_function(name, known, before, tensors[0], tensors)
        return result

    def _note_function(
        self, name: str, known: list[_Known], before: list[Tensor], y: Tensor, tensors: list[Tensor]
    ) -> None:
        shown, kind = _NAMES.get(name, name.strip("_")), "other"
        if name in _ADDITIONS and len(known) > 1:
            kind = "add"
        rectified = [each for each, x in zip(known, before, strict=True) if _is_rectified(x, y)]
        if name in _RELUS or (rectified and kind == "other"):
            kind, known = "relu", rectified[:1] or known[:1]
        elif len({each.step for each in known}) == 1 and (name == "__setitem__" or _is_same(before[0], y)):
            self._credit(y, known[0].step)
            return
        self._note(shown, kind, "", known, y, tensors)

    def _enter(self, _module: nn.Module, args: tuple, kwargs: dict) -> None:
        self._entered.append(self._known(args, kwargs))

    def _leaver(self, name: str) -> Callable[..., None]:
        def leave(module: nn.Module, _args: tuple, _kwargs: dict, y: Any) -> None:
            known = self._entered[-1]
            self.called.add(name)
            kind, words = _kind_of(module)
            parameters = sum(parameter.numel() for parameter in module.parameters())
            tensors = _tensors(y)
            if len(known) == 1 and tensors and kind == "other" and not parameters and _is_idle(known[0], tensors[0]):
                self._credit(tensors[0], known[0].step)
            elif tensors:
                self._note(name, kind, words, known, tensors[0], tensors, parameters)
            self._entered.pop()  # last: looking at y must not be taken for a step

        return leave

    def _note(
        self,
        name: str,
        kind: str,
        words: str,
        known: list[_Known],
        y: Tensor,
        tensors: Sequence[Tensor] = (),
        parameters: int = 0,
    ) -> None:
        if len(self.steps) >= MOST_STEPS:
            return
        for tensor in tensors or (y,):
            self._credit(tensor, len(self.steps))
        base = y._base
        overwritten = any(each.tensor is y and each.version != y._version for each in known)
        if overwritten and base is not None and id(base) in self._makers:
            self._credit(base, len(self.steps))  # a part of it was written into
        mean, std = _mean_and_std(y)
        inputs = tuple(each.step for each in known)
        self.steps.append(Step(name, kind, words, inputs, tuple(y.shape), parameters, mean, std))

    def _credit(self, tensor: Tensor, step: int) -> None:
        self._makers[id(tensor)] = step
        self._alive.append(tensor)

    def _known(self, args: Sequence, kwargs: Mapping[str, Any]) -> list[_Known]:
        """The tensors of this pass among the arguments."""
        found = _tensors([*args, *kwargs.values()])
        return [_Known(self._makers[id(each)], each, each._version) for each in found if id(each) in self._makers]


def _tensors(found: Any) -> list[Tensor]:
    """The tensors in a value, or in the lists and tuples of it."""
    if isinstance(found, Tensor):
        return [found]
    return [tensor for each in found for tensor in _tensors(each)] if isinstance(found, list | tuple) else []


def _is_rectified(x: Tensor, y: Tensor) -> bool:
    """Whether y is max(x, 0), by whatever function, and not x itself."""
    if x.shape != y.shape or not (x.is_floating_point() and y.is_floating_point()):
        return False
    return bool((x < 0).any()) and torch.equal(x.clamp(min=0), y)


def _is_same(x: Tensor, y: Tensor) -> bool:
    return x.shape == y.shape and x.dtype == y.dtype and torch.equal(x, y)


def _is_idle(given: _Known, y: Tensor) -> bool:
    """Whether a module handed on what it was given."""
    return given.tensor._version == given.version and _is_same(given.tensor, y)


def _kind_of(module: nn.Module) -> tuple[str, str]:
    """What a module is by the shape of its weight, and its sizes in words."""
    weight = getattr(module, "weight", None)
    if isinstance(weight, Tensor) and weight.dim() == 4:
        outputs, inputs, height, width = weight.shape
        return "conv", f"{height}x{width}, {inputs} to {outputs}"
    if hasattr(module, "running_mean") or type(module).__name__.endswith("Norm"):
        return "norm", ""
    return ("relu" if type(module).__name__ == "ReLU" else "other"), type(module).__name__


def _mean_and_std(y: Tensor) -> tuple[float | None, float | None]:
    numbers = y.detach().double()
    mean, std = float(numbers.mean()), float(numbers.std(correction=0))
    return (mean if math.isfinite(mean) else None), (std if math.isfinite(std) else None)
