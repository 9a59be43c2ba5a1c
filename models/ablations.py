"""What can be taken out of a net or changed in it, one thing at a time, to see what it was good for. Needs no torch."""

from collections.abc import Sequence
from typing import Any

from models.presets import PresetRefused

ABLATIONS = {
    "no-skip": "every block without its addition: y = ReLU(F(x)), the paper's plain net",
    "no-bn": "a bias per channel in the place of every batch normalisation",
    "kernel-5": "5x5 kernels, padding 2, in the place of every 3x3",
    "kernel-7": "7x7 kernels, padding 3, in the place of every 3x3",
    "shortcut-a": "shortcuts by subsampling and zero channels (option A)",
    "shortcut-b": "shortcuts by a 1x1 convolution where the shape changes (option B)",
    "pre-activation": "normalisation and ReLU before each convolution: y = x + F(x)",
}
# Two that say different things of the same part of the net.
_EXCLUDING = (
    {"kernel-5", "kernel-7"},
    {"shortcut-a", "shortcut-b"},
    {"no-skip", "shortcut-a"},
    {"no-skip", "shortcut-b"},
    {"no-skip", "pre-activation"},
)
# The parts that are not the learner's in such a run, since no exercise asks for them.
OURS = {"pre-activation": ("cnn/basic_block", "cnn/resnet")}


def chosen_ablations(names: Sequence[str]) -> tuple[str, ...]:
    """The names, each once and in the order of the list above, or `PresetRefused`."""
    for name in names:
        if name not in ABLATIONS:
            next_step = f"use one of: {', '.join(ABLATIONS)}"
            raise PresetRefused(f'No ablation is called "{name}".', "--ablate", next_step)
    for pair in _EXCLUDING:
        if pair <= set(names):
            one, other = sorted(pair)
            thing = f"{one} and {other} change the same part of the net."
            raise PresetRefused(thing, "--ablate", "train one run for each, and compare them")
    return tuple(name for name in ABLATIONS if name in names)


def ablated_settings(settings: dict[str, Any], ablations: Sequence[str]) -> dict[str, Any]:
    """The settings with what the ablations change in them; one that would change nothing is `PresetRefused`."""
    wanted = {"shortcut-a": "A", "shortcut-b": "B"}
    for name in ablations:
        if wanted.get(name) == settings["shortcut"]:
            thing = f"This net has shortcut {settings['shortcut']} already, so {name} would change nothing."
            raise PresetRefused(thing, "--ablate", "leave it out: the run without it is the one to compare with")
        settings = {**settings, "shortcut": wanted.get(name, settings["shortcut"])}
    return settings
