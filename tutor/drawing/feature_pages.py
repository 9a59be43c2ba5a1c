"""Every stage of a net in one plain page: what each makes of the same image."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.durations import percent
from tutor.drawing.feature_maps import Stage, draw_feature_maps
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, STRONG, Row
from tutor.drawing.shades import Grid

_UNLIMITED = 1000


@dataclass(frozen=True)
class Features:
    """What the lab saw of one image: the maps of every stage, and what the net takes the image for."""

    stages: Sequence[Stage]
    image: Grid
    label: str
    predicted: str
    probability: float


def draw_every_stage(features: Features, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The verdict on the image, then each stage with as many channels as were asked for."""
    rows: list[Row] = [draw_prediction(features), []]
    for stage in features.stages:
        rows += [*draw_feature_maps(stage, features.image, width, _UNLIMITED, charset), []]
    return rows[:-1]


def draw_prediction(features: Features) -> Row:
    """What the image is, and what the net says."""
    right = "right" if features.label == features.predicted else "wrong"
    return [
        ("image of ", FAINT),
        (printable_line(features.label), STRONG),
        (f", seen as {printable_line(features.predicted)} ({percent(features.probability)}, {right})", ""),
    ]
