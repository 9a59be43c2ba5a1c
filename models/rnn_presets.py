"""The recipes of project rnn: a character model of Shakespeare, and two tasks that show what a memory is good for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from models.preset import Preset, PresetRefused

CELLS = ("lstm", "gru", "rnn")
# Data sets that are made as they are needed, with a memory span that is set: how wide what goes in and comes out is.
LONG_RANGE = {"adding": (2, 1), "copy": (10, 10)}
_OF_A_TEXT = ("epochs", "evaluate_every_epochs", "carry", "dropout", "embedding")
_GATES = {"lstm": 4, "gru": 3, "rnn": 1}
_BIASES = {"lstm": 2, "gru": 2, "rnn": 1}
_SYMBOLS = 65  # of tiny Shakespeare; how wide the last layer is, near enough to compare cells


@dataclass(frozen=True, kw_only=True)
class RnnPreset(Preset):
    """The cell, its size, and how sequences are cut and carried."""

    CHOICES: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "cell": CELLS,
        "schedule": ("one-cycle",),
        "precision": ("float32", "auto", "bfloat16", "float16"),
    }
    LOWEST: ClassVar[Mapping[str, float]] = {
        **Preset.LOWEST, "num_layers": 1, "hidden": 1, "embedding": 1, "length": 2, "forget_bias": -20,
    }  # fmt: skip
    HIGHEST: ClassVar[Mapping[str, float]] = {**Preset.HIGHEST, "dropout": 0.95, "forget_bias": 20.0}

    project: str = "rnn"
    schedule: str = "one-cycle"
    weight_decay: float = 0.0
    cell: str = "lstm"  # or gru, rnn; their width follows, so that all have as many parameters
    num_layers: int = 1
    hidden: int = 256
    embedding: int = 64
    dropout: float = 0.0  # share of the embedding and of the last layer's input that is left out in training
    length: int = 100  # characters that a gradient goes back through; of a long-range task the whole sequence
    carry: bool = True  # whether a batch starts from the state that the one before ended with
    clip: float = 1.0  # the largest norm of all gradients together; 0: as large as they come
    forget_gate: bool = True  # False: f = 1 at every step, the LSTM of 1997
    forget_bias: float = 1.0  # what f's bias starts from

    @staticmethod
    def settle(chosen: dict[str, Any], changes: Mapping[str, str], place: str) -> dict[str, Any]:
        """Another cell has as many parameters as the preset's, unless its width was asked for."""
        if chosen["cell"] != "lstm" and "hidden" not in changes:
            chosen["hidden"] = equal_width(chosen["cell"], chosen)
        refuse_a_gate_that_is_not_there(chosen, place)
        if chosen["compile"]:
            thing = "A recurrent net is not compiled: its loop over time would be unrolled step by step."
            raise PresetRefused(thing, place, "leave compile out")
        if chosen["dataset"] in LONG_RANGE:
            _refuse_what_has_no_meaning(chosen, changes, place)
        return chosen


def refuse_a_gate_that_is_not_there(settings: Mapping[str, Any], place: str) -> None:
    """Raise `PresetRefused` where a cell without a forget gate is to lose it."""
    if settings["cell"] != "lstm" and not settings["forget_gate"]:
        thing = f"A cell of kind {settings['cell']} has no forget gate to take out."
        raise PresetRefused(thing, place, "leave forget_gate out, or set cell=lstm")


def _refuse_what_has_no_meaning(chosen: Mapping[str, Any], changes: Mapping[str, str], place: str) -> None:
    """A setting that would be recorded and change nothing; and a run or a sequence that is too short."""
    for key in _OF_A_TEXT:
        if key in changes:
            thing = f"{key} changes nothing where sequences are made as they are needed."
            raise PresetRefused(thing, place, "leave it out; length and iterations are what such a run has")
    if chosen["iterations"] <= 0:
        raise PresetRefused("A run of this task needs iterations.", place, "set one or more, as in iterations=2000")
    if chosen["length"] < 10:
        raise PresetRefused("A sequence of this task has 10 steps at least.", place, "set length=20 to length=200")


def layer_parameters(cell: str, hidden: int, inputs: int, num_layers: int) -> int:
    """How many weights and biases the recurrent layers have.

        layer: gates H (D + H + biases),  D the width of what goes in, H above the first layer

    Gates: 4 of an LSTM, 3 of a GRU, 1 of a vanilla net; two biases a gate as in torch, one in a vanilla net.
    """
    widths = [inputs] + [hidden] * (num_layers - 1)
    return sum(_GATES[cell] * hidden * (width + hidden + _BIASES[cell]) for width in widths)


def parameters(cell: str, hidden: int, settings: Mapping[str, Any]) -> int:
    """How many a whole net has: its layers, what they read from and what they are read by.

        text:  V E + layers + H V + V,  D = E        long-range task: layers + H O + O,  D its own

    Symbols: V characters, E embedding, O answers.
    """
    inputs, outputs = LONG_RANGE.get(settings["dataset"], (settings["embedding"], _SYMBOLS))
    layers = layer_parameters(cell, hidden, inputs, settings["num_layers"])
    embedded = 0 if settings["dataset"] in LONG_RANGE else _SYMBOLS * settings["embedding"]
    return embedded + layers + hidden * outputs + outputs


def equal_width(cell: str, settings: Mapping[str, Any]) -> int:
    """The H with which this cell has as many parameters as an LSTM of the settings' width, as nearly as can be."""
    wanted = parameters("lstm", settings["hidden"], settings)
    return min(range(1, 4 * settings["hidden"] + 1), key=lambda h: abs(parameters(cell, h, settings) - wanted))


def rnn_part_ids(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The exercises that such a net, its loss and its training are put together from, innermost first."""
    cell = {"lstm": ("rnn/lstm_cell", "rnn/lstm"), "gru": ("rnn/gru_cell",), "rnn": ("rnn/rnn_forward",)}
    reads_text = settings.get("dataset") not in LONG_RANGE
    around = ("rnn/clip_grad_norm", "rnn/char_lm") if reads_text else ("rnn/clip_grad_norm",)
    return (*cell[settings.get("cell", "lstm")], *around)


RNN_PRESETS = (
    RnnPreset(
        name="quick",
        sentence="an LSTM on Shakespeare's plays, past their own 4-gram: offline",
        dataset="plays",
        bar=1.77,  # nats of the 4-gram of the same plays; see models/ngram.py
        epochs=1,
        batch_size=64,
        peak_lr=1.6e-2,
        warmup=0.1,
    ),
    RnnPreset(
        name="full",
        sentence="an LSTM on tiny Shakespeare: three to ten minutes on two cores",
        dataset="shakespeare",
        bar=1.68,
        epochs=8,
        batch_size=64,
        peak_lr=1.6e-2,
        warmup=0.1,
    ),
    RnnPreset(
        name="gpu",
        sentence="three LSTM layers of 512 units on tiny Shakespeare: for a GPU",
        dataset="shakespeare",
        bar=1.68,
        num_layers=3,
        hidden=512,
        embedding=128,
        dropout=0.4,
        length=200,
        epochs=40,
        batch_size=64,
        peak_lr=3e-3,
        warmup=0.1,
        precision="auto",
    ),
    RnnPreset(
        name="adding",
        sentence="the sum of two marked numbers out of T: who remembers?",
        dataset="adding",
        bar=0.9,
        length=50,
        hidden=64,
        embedding=2,
        iterations=1800,
        batch_size=64,
        peak_lr=1e-2,
        warmup=0.1,
        carry=False,
    ),
    RnnPreset(
        name="copy",
        sentence="ten symbols to say again after T blanks: who remembers?",
        dataset="copy",
        bar=0.9,
        length=50,
        hidden=64,
        embedding=10,
        forget_bias=4.0,  # f near 0.98: open for about as many steps as the silence is long
        iterations=2500,
        batch_size=64,
        peak_lr=1e-2,
        warmup=0.1,
        carry=False,
    ),
)
