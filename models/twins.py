"""Verified twins: torch's fused layers train in place of the learner's, shown to be equal again and again."""

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from jaxtyping import Shaped
from torch import Tensor, nn

from models.run_errors import RunError

TOLERANCE = 1e-5
EXAMPLES = 8  # of the batch: enough to tell two layers apart, few enough for a learner's loop over every pixel
_COUNTER = "num_batches_tracked"  # torch counts its calls; the papers do not ask for it


class TwinDisagrees(RunError):
    """The learner's layer and torch's give different results for the same input, weights and state."""


State = dict[str, Tensor]


def unchanged(state: State) -> State:
    """The weights of a layer whose rows mean the same to the learner and to torch."""
    return state


@dataclass(frozen=True)
class Pair:
    """One layer of the net: torch's, which trains, and the learner's, which must agree with it."""

    exercise_id: str
    layer: str
    fused: nn.Module
    own: nn.Module
    to_own: Callable[[State], State] = unchanged  # torch's weights, laid out as the learner's convention has them
    is_recurrent: bool = False  # rounding adds up over its steps, so double precision has the last word


@dataclass(frozen=True)
class _Call:
    """What the fused layer was given: its inputs, and its weights and state before the call."""

    inputs: tuple[Any, ...]
    named: dict[str, Any]  # inputs that were given by name
    state: State


class Twins:
    """Every pair of a net; `net` holds torch's layers, `pairs` the learner's beside them."""

    def __init__(self, net: nn.Module, pairs: tuple[Pair, ...]) -> None:
        self.net, self.pairs = net, pairs

    @torch.no_grad()
    def verify(self, *inputs: Shaped[Tensor, "B ..."]) -> dict[str, float]:
        """The largest difference per exercise on these inputs of the net, in training and in evaluation.

            difference = max |own - fused| / max(1, max |fused|)  must be at most 1e-5

        The output counts, and every buffer after it. Both layers run in float32 on the input that reached the
        fused one, in plain memory order: there torch sums in double precision, while in channels_last order its
        batch norm rounds by 1e-5 and more all by itself. The net and torch's random numbers stay as they were.
        """
        largest: dict[str, float] = {}
        was_training = self.net.training
        for training in (True, False):
            calls = self._fused_calls([x[:EXAMPLES] for x in inputs], training)
            for pair in self.pairs:
                difference = _difference(pair, calls[pair.layer], training)
                largest[pair.exercise_id] = max(difference, largest.get(pair.exercise_id, 0.0))
        self.net.train(was_training)
        return largest

    def _fused_calls(self, inputs: Sequence[Tensor], training: bool) -> dict[str, _Call]:
        buffers = {name: buffer.clone() for name, buffer in self.net.named_buffers()}
        with _recording(self.pairs) as calls, torch.random.fork_rng(devices=[]):
            self.net.train(training)
            self.net(*inputs)
        for name, buffer in self.net.named_buffers():
            buffer.copy_(buffers[name])
        for pair in self.pairs:
            if pair.layer not in calls:
                thing = f"Layer {pair.layer} is made but never called by the net."
                raise TwinDisagrees(thing, pair.exercise_id, "call it in forward, or do not make it")
        return calls


@contextmanager
def _recording(pairs: tuple[Pair, ...]) -> Iterator[dict[str, _Call]]:
    calls: dict[str, _Call] = {}
    hooks = []
    for pair in pairs:

        def before(layer: nn.Module, inputs: tuple[Any, ...], named: dict[str, Any], name: str = pair.layer) -> None:
            state = {key: value.detach().clone() for key, value in layer.state_dict().items()}
            calls[name] = _Call(_copied(inputs), {key: _copied(value) for key, value in named.items()}, state)

        hooks.append(pair.fused.register_forward_pre_hook(before, with_kwargs=True))
    try:
        yield calls
    finally:
        for hook in hooks:
            hook.remove()


def _difference(pair: Pair, call: _Call, training: bool) -> float:
    """Run both layers on the same call; `TwinDisagrees` where the learner's does something else."""
    names, translated = set(pair.own.state_dict()), pair.to_own(call.state)
    if names - {_COUNTER} != set(translated) - {_COUNTER}:
        raise _disagreement(pair, f"it keeps {_listed(names)}, and torch's {_listed(set(translated))}")
    fused = copy.deepcopy(pair.fused).to(memory_format=torch.contiguous_format)
    try:
        return _compared(pair, fused, pair.own, call, translated, training)
    except TwinDisagrees:
        if not pair.is_recurrent:
            raise
    # Over a hundred steps two orders of the same sums drift apart by rounding; in double precision they do not.
    own = copy.deepcopy(pair.own).double()
    return _compared(pair, fused.double(), own, _doubled(call), pair.to_own(_doubled(call).state), training)


def _compared(pair: Pair, fused: nn.Module, own: nn.Module, call: _Call, own_state: State, training: bool) -> float:
    expected = _run(fused, call, call.state, training)
    found = _run(own, call, own_state, training)
    told = [name for name in expected if expected[name] is not None]  # a fused attention keeps its weights to itself
    return max(_scaled(pair, name, found.get(name), expected[name], training) for name in told)


def _doubled(call: _Call) -> _Call:
    named, state = ({name: _as_double(value) for name, value in each.items()} for each in (call.named, call.state))
    return _Call(_as_double(call.inputs), named, state)


def _as_double(value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.double() if value.is_floating_point() else value
    return tuple(_as_double(part) for part in value) if isinstance(value, tuple | list) else value


def _run(layer: nn.Module, call: _Call, state: State, training: bool) -> dict[str, Any]:
    """The layer's output, all parts of it, and its buffers after the call."""
    layer.load_state_dict({name: state[name] for name in layer.state_dict() if name in state})
    layer.train(training)
    with torch.random.fork_rng(devices=[]):
        y = layer(*_copied(call.inputs), **{name: _copied(value) for name, value in call.named.items()})
    buffers = {name: buffer for name, buffer in layer.named_buffers() if name != _COUNTER}
    return {**_named("output", y), **buffers}


def _named(name: str, value: object) -> dict[str, object]:
    """A tensor under its name; those of a tuple, such as the state of a recurrent layer, under numbered ones."""
    if not isinstance(value, tuple | list):
        return {name: value}
    return {key: each for k, part in enumerate(value) for key, each in _named(f"{name}[{k}]", part).items()}


def _copied(value: Any) -> Any:
    """Copies of all tensors in nested tuples, in plain memory order."""
    if isinstance(value, Tensor):
        return value.detach().clone(memory_format=torch.contiguous_format)
    return tuple(_copied(part) for part in value) if isinstance(value, tuple | list) else value


def _scaled(pair: Pair, name: str, own: object, fused: Tensor, training: bool) -> float:
    mode = "training" if training else "evaluation"
    if not isinstance(own, Tensor) or own.shape != fused.shape:
        got = f"shape {tuple(own.shape)}" if isinstance(own, Tensor) else type(own).__name__
        raise _disagreement(pair, f"its {name} in {mode} is {got}, torch's has shape {tuple(fused.shape)}")
    largest = float(fused.abs().max()) if fused.numel() else 0.0
    difference = float((own - fused).abs().max()) / max(1.0, largest) if fused.numel() else 0.0
    if not difference <= TOLERANCE:  # so that NaN disagrees too
        raise _disagreement(pair, f"its {name} in {mode} differs by {difference:.3g}, allowed is {TOLERANCE:g}")
    return difference


def _disagreement(pair: Pair, how: str) -> TwinDisagrees:
    thing = f"{pair.exercise_id} disagrees with torch's layer at {pair.layer}: {how}."
    next_step = f"check it: phase3-tutor check {pair.exercise_id}; or train your own code: --no-twin"
    return TwinDisagrees(thing, pair.layer, next_step)


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names - {_COUNTER})) or "nothing"
