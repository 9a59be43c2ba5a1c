"""What can be taken out of a net or changed in it, one thing at a time, to see what it was good for. Needs no torch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.preset import PresetRefused
from models.rnn_presets import equal_width, refuse_a_gate_that_is_not_there

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Ablation:
    """One change: of settings, or (where it sets none) of the parts that the net is built from."""

    sentence: str
    sets: tuple[str, ...] = ()  # the settings that it changes
    value: Callable[[Settings], tuple[Any, ...]] = field(default=lambda _: ())  # theirs, in the same order
    excludes: frozenset[str] = frozenset()  # ablations of the same part of the net
    ours: tuple[str, ...] = ()  # parts that are not the learner's in such a run, since no exercise asks for them


def _setting(sentence: str, key: str, value: Any, *excludes: str) -> Ablation:
    return Ablation(sentence, (key,), lambda _: (value,), frozenset(excludes))


def _other_cell(sentence: str, cell: str) -> Ablation:
    return Ablation(sentence, ("cell", "hidden"), lambda settings: (cell, equal_width(cell, settings)))


_CNN = {
    "no-skip": Ablation(
        "every block without its addition: y = ReLU(F(x)), the paper's plain net",
        excludes=frozenset({"shortcut-a", "shortcut-b", "pre-activation"}),
    ),
    "no-bn": Ablation("a bias per channel in the place of every batch normalisation"),
    "kernel-5": Ablation("5x5 kernels, padding 2, in the place of every 3x3", excludes=frozenset({"kernel-7"})),
    "kernel-7": Ablation("7x7 kernels, padding 3, in the place of every 3x3", excludes=frozenset({"kernel-5"})),
    "shortcut-a": _setting("shortcuts by subsampling and zero channels (option A)", "shortcut", "A", "no-skip"),
    "shortcut-b": _setting(
        "shortcuts by a 1x1 convolution where the shape changes (option B)", "shortcut", "B", "no-skip"
    ),
    "pre-activation": Ablation(
        "normalisation and ReLU before each convolution: y = x + F(x)",
        excludes=frozenset({"no-skip"}),
        ours=("cnn/basic_block", "cnn/resnet"),
    ),
}
_OF_THE_FORGET_GATE = ("gru", "rnn")
_RNN = {
    "no-forget": _setting(
        "f = 1 at every step: a cell that only adds, the LSTM of 1997",
        "forget_gate", False, "forget-bias-0", "forget-bias-1", *_OF_THE_FORGET_GATE,
    ),
    "forget-bias-0": _setting(
        "the forget gate's bias starts at 0: f near 1/2", "forget_bias", 0.0, *_OF_THE_FORGET_GATE
    ),
    "forget-bias-1": _setting(
        "the forget gate's bias starts at 1: f near 3/4", "forget_bias", 1.0, *_OF_THE_FORGET_GATE
    ),
    "no-clip": _setting("gradients as large as they come", "clip", 0.0),
    "no-carry": _setting("every batch starts from a state of zeros", "carry", False),
    **{
        f"length-{steps}": _setting(f"gradients that go back through {steps} characters", "length", steps)
        for steps in (25, 50, 100, 200)
    },
    "gru": _other_cell("a GRU of your cell in the place of the LSTM, with as many parameters", "gru"),
    "rnn": _other_cell("a vanilla recurrent net in the place of the LSTM, with as many parameters", "rnn"),
}  # fmt: skip
_TRANSFORMER = {
    **{
        f"heads-{heads}": _setting(f"{heads} head{'s' if heads > 1 else ''}, the width as before", "num_heads", heads)
        for heads in (1, 2, 4, 8, 16)
    },
    "no-norm": _setting("no layer norm anywhere", "norm", "none"),
    "pre-norm": _setting("the norm before each sublayer, one more at the end of each stack", "norm", "pre"),
    "post-norm": _setting("the norm after each sum, as in the paper", "norm", "post"),
    "no-scale": _setting("softmax(q k^T): no division by sqrt(d_k)", "is_scaled", False),
    "no-positions": _setting("no positional encoding: a sentence is a bag of words", "positions", "none"),
    "learned-positions": _setting("a trained table in the place of the waves", "positions", "learned"),
    "no-feed-forward": _setting("layers of attention alone", "feed_forward", False),
    **{
        f"depth-{layers}": _setting(f"{layers} layer{'s' if layers > 1 else ''} on each side", "num_layers", layers)
        for layers in (1, 2, 3, 4)
    },
}
ABLATIONS: dict[str, dict[str, Ablation]] = {"cnn": _CNN, "rnn": _RNN, "transformer": _TRANSFORMER}


def chosen_ablations(project: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names, each once and in the order of the project's list, or `PresetRefused`."""
    if project not in ABLATIONS:
        thing = f'This version has no project called "{project}".'
        raise PresetRefused(thing, "train PROJECT", f"use one of: {', '.join(ABLATIONS)}")
    known = ABLATIONS[project]
    for name in names:
        if name not in known:
            thing = f'Project {project} has no ablation called "{name}".'
            raise PresetRefused(thing, "--ablate", f"use one of: {', '.join(known)}")
    for one in names:
        for other in names:
            if one < other and _change_the_same(known, one, other):
                thing = f"{one} and {other} change the same part of the net."
                raise PresetRefused(thing, "--ablate", "train one run for each, and compare them")
    return tuple(name for name in known if name in names)


def ablated_settings(project: str, settings: dict[str, Any], ablations: Sequence[str]) -> dict[str, Any]:
    """The settings with what the ablations change in them; one that would change nothing is `PresetRefused`."""
    for name in ablations:
        ablation = ABLATIONS[project][name]
        changes = dict(zip(ablation.sets, ablation.value(settings), strict=True))
        if changes and all(settings[key] == value for key, value in changes.items()):
            key = ablation.sets[0]
            thing = f"This net has {key} {settings[key]} already, so {name} would change nothing."
            raise PresetRefused(thing, "--ablate", "leave it out: the run without it is the one to compare with")
        settings = {**settings, **changes}
        if "cell" in changes:
            refuse_a_gate_that_is_not_there(settings, f"--ablate {name}")
    return settings


def set_by(project: str, ablations: Sequence[str]) -> frozenset[str]:
    """The settings that these ablations change."""
    known = ABLATIONS.get(project, {})
    return frozenset(key for name in ablations if name in known for key in known[name].sets)


def ours(project: str, ablations: Sequence[str]) -> dict[str, str]:
    """The parts that are not the learner's in such a run, each with the ablation that is the reason."""
    known = ABLATIONS.get(project, {})
    return {part: name for name in ablations if name in known for part in known[name].ours}


def _change_the_same(known: Mapping[str, Ablation], one: str, other: str) -> bool:
    named = other in known[one].excludes or one in known[other].excludes
    return named or bool(set(known[one].sets) & set(known[other].sets))
