"""The recipes of project transformer: an encoder-decoder that translates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from models.preset import Preset, PresetRefused

TRANSFORMER_PARTS = (
    "transformer/attention",
    "transformer/masks",
    "transformer/multi_head_attention",
    "transformer/positional_encoding",
    "transformer/layer_norm",
    "transformer/feed_forward",
    "transformer/embeddings",
    "transformer/encoder_layer",
    "transformer/decoder_layer",
    "transformer/encoder_decoder",
    "transformer/schedule",
    "transformer/decode",
)
DIRECTIONS = {"number-words": ("en-de", "en-fr"), "multi30k": ("de-en", "en-de", "fr-en", "en-fr")}


@dataclass(frozen=True, kw_only=True)
class TransformerPreset(Preset):
    """The net's size and what can be taken out of it; how targets are smoothed and sentences found."""

    CHOICES: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "schedule": ("one-cycle", "noam"),
        "precision": ("float32", "auto", "bfloat16", "float16"),
        "direction": ("de-en", "en-de", "fr-en", "en-fr"),
        "positions": ("sinusoidal", "learned", "none"),
        "norm": ("declared", "post", "pre", "none"),
    }
    LOWEST: ClassVar[Mapping[str, float]] = {
        **Preset.LOWEST, "d_model": 2, "num_heads": 1, "d_ff": 1, "num_layers": 1, "beam": 1,
        "evaluate_every_epochs": 0,
    }  # fmt: skip
    HIGHEST: ClassVar[Mapping[str, float]] = {**Preset.HIGHEST, "dropout": 0.95, "label_smoothing": 0.9, "beam": 32}

    project: str = "transformer"
    direction: str = "en-de"  # from the first language into the second
    weight_decay: float = 0.0
    evaluate_every_epochs: int = 0  # 0: six looks in a run, however long it is
    d_model: int = 128
    num_heads: int = 4
    d_ff: int = 512
    num_layers: int = 2
    dropout: float = 0.0
    label_smoothing: float = 0.0
    clip: float = 1.0  # the largest norm of all gradients together; 0: as large as they come
    positions: str = "sinusoidal"  # learned: a table that is trained; none: a sentence is a bag of words
    norm: str = "declared"  # as the learner's layers have it; post, pre or none: their parts in that order
    is_scaled: bool = True  # False: softmax(q k^T), without the division by sqrt(d_k)
    feed_forward: bool = True  # False: layers of attention alone
    beam: int = 1  # sentences side by side when the held-out text is translated at the end; 1: greedy

    @staticmethod
    def settle(chosen: dict[str, Any], changes: Mapping[str, str], place: str) -> dict[str, Any]:
        """Heads share the width evenly, and waves come in pairs."""
        del changes
        if chosen["direction"] not in DIRECTIONS[chosen["dataset"]]:
            thing = f"{chosen['dataset']} has no pairs {chosen['direction']}."
            raise PresetRefused(thing, place, f"use one of: {', '.join(DIRECTIONS[chosen['dataset']])}")
        if chosen["d_model"] % chosen["num_heads"]:
            thing = f"{chosen['num_heads']} heads cannot share {chosen['d_model']} numbers evenly."
            raise PresetRefused(thing, place, "set num_heads to a divisor of d_model")
        if chosen["d_model"] % 2:
            raise PresetRefused("Positions need an even d_model: a sine and a cosine each.", place, "set d_model=128")
        if chosen["compile"]:
            thing = "A translation is not compiled: every batch has another length."
            raise PresetRefused(thing, place, "leave compile out")
        return chosen


TRANSFORMER_PRESETS = (
    TransformerPreset(
        name="quick",
        sentence="English number words to German, below a million: offline",
        dataset="number-words",
        bar=0.99,
        epochs=4,
        batch_size=64,
        peak_lr=2e-3,
        warmup=0.1,
    ),
    TransformerPreset(
        name="french",
        sentence="English number words to French, below a million: offline",
        dataset="number-words",
        direction="en-fr",
        bar=0.99,
        epochs=4,
        batch_size=64,
        peak_lr=2e-3,
        warmup=0.1,
    ),
    TransformerPreset(
        name="full",
        sentence="German captions to English, Multi30k: up to two hours on two cores",
        dataset="multi30k",
        direction="de-en",
        bar=0.30,
        epochs=8,
        num_layers=3,
        d_model=256,
        d_ff=512,
        dropout=0.2,
        label_smoothing=0.1,
        schedule="noam",
        peak_lr=1.5e-3,
        warmup=0.1,
        beam=4,
        precision="auto",
    ),
    TransformerPreset(
        name="gpu",
        sentence="German captions to English, Multi30k, wider and longer: for a GPU",
        dataset="multi30k",
        direction="de-en",
        bar=0.30,
        epochs=40,
        num_layers=4,
        d_model=256,
        num_heads=8,
        d_ff=1024,
        dropout=0.3,
        label_smoothing=0.1,
        schedule="noam",
        peak_lr=1e-3,
        warmup=0.1,
        beam=4,
        precision="auto",
    ),
)
