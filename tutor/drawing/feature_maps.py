"""Feature maps: what every channel of a stage makes of one image, a page of small pictures on one scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, STRONG, WARN, Row, fit, spread
from tutor.drawing.shades import Grid, Scale, draw_scale, draw_shades, resize

PICTURE_WIDTH, GAP = 16, 3
_PICTURE_ROWS = 9  # eight of picture and its label


@dataclass(frozen=True)
class Stage:
    """The maps (C, H, W) that one stage of a net computed for one image.

    Where not all channels are here, `channels` says how many there are and `limits` their lowest and highest value.
    """

    name: str
    maps: Sequence[Grid]
    channels: int = 0
    limits: tuple[float, float] | None = None

    @property
    def num_channels(self) -> int:
        return max(self.channels, len(self.maps))


def pictures_per_page(width: int, height: int) -> int:
    """How many maps a page of this size holds beside the image itself."""
    across = max((width + GAP) // (PICTURE_WIDTH + GAP), 1)
    return max(across * max((height - 2) // _PICTURE_ROWS, 1) - 1, 1)


def draw_feature_maps(
    stage: Stage, image: Grid, width: int, height: int, charset: Charset = UNICODE, first: int = 0
) -> list[Row]:
    """The image, the maps from channel `first` on as far as the page goes, and the one scale of them all."""
    scale = _scale(stage, _side(charset))
    shown = list(stage.maps[first : first + pictures_per_page(width, height)])
    pictures = [draw_picture("image", image, Scale.around([image]), charset)]
    pictures += [draw_picture(_name(first + i, grid), grid, scale, charset) for i, grid in enumerate(shown)]
    across = max((width + GAP) // (PICTURE_WIDTH + GAP), 1)
    rows = [_heading(stage, shown, first, width, charset)]
    for start in range(0, len(pictures), across):
        rows += side_by_side(pictures[start : start + across])
    return [fit(row, width, charset.cut) for row in [*rows, _foot(stage, scale, charset)]]


def draw_picture(name: str, grid: Grid, scale: Scale, charset: Charset) -> list[Row]:
    """One small picture under its name, 16 cells wide and 8 rows high whatever the size of the map."""
    values, _ = resize(grid, _side(charset))
    rows = [fit(row, PICTURE_WIDTH, charset.cut) for row in draw_shades(values, scale, charset)]
    blank: Row = [(" " * PICTURE_WIDTH, "")]
    rows += [blank] * (_PICTURE_ROWS - 1 - len(rows))
    return [fit([(name, FAINT)], PICTURE_WIDTH, charset.cut), *rows[: _PICTURE_ROWS - 1]]


def grey(channels: Sequence[Grid]) -> Grid:
    """The mean over an image's colours (C, H, W) -> (H, W)."""
    return [[sum(values) / len(values) for values in zip(*rows, strict=True)] for rows in zip(*channels, strict=True)]


def _side(charset: Charset) -> int:
    """How many values a picture has along a side: half blocks show two in a row of text, glyphs one."""
    return 16 if charset.shading == "colour" else 8


def _scale(stage: Stage, side: int) -> Scale:
    """One scale for every channel of the stage: of the values as they are drawn, unless limits are given."""
    if stage.limits:
        return Scale(min(stage.limits[0], 0.0), stage.limits[1])
    return Scale.around(resize(grid, side)[0] for grid in stage.maps)


def side_by_side(pictures: Sequence[list[Row]]) -> list[Row]:
    """Pictures of one height in a row, a gap between them."""
    rows: list[Row] = []
    for parts in zip(*pictures, strict=True):
        row: Row = list(parts[0])
        for part in parts[1:]:
            row += [(" " * GAP, ""), *part]
        rows.append(row)
    return rows


def _name(channel: int, grid: Grid) -> str:
    """The channel's number, and a word where its map says nothing or says something that is no number."""
    values = [value for row in grid for value in row]
    if not all(math.isfinite(value) for value in values):
        return f"{channel} not finite"
    return f"{channel} all zero" if not any(values) else f"{channel}"


def _heading(stage: Stage, shown: Sequence[Grid], first: int, width: int, charset: Charset) -> Row:
    size = f"{len(stage.maps[0])} x {len(stage.maps[0][0])}" if stage.maps else "nothing"
    which = f"channels {first} to {first + len(shown) - 1} of {stage.num_channels}" if shown else "no channels"
    left: Row = [(printable_line(stage.name), STRONG), (f"   {stage.num_channels} maps of {size}", "")]
    return spread(left, [(which, FAINT)], width, charset.cut)


def _foot(stage: Stage, scale: Scale, charset: Charset) -> Row:
    """The scale in numbers, what was averaged to fit, and a warning where values are not finite."""
    row: Row = [("scale ", FAINT), *draw_scale(scale, charset)]
    block = resize(stage.maps[0], _side(charset))[1] if stage.maps else 1
    if block > 1:
        row.append((f"   a dot: mean of {block} x {block}", FAINT))
    bad = sum(not math.isfinite(value) for grid in stage.maps for line in grid for value in line)
    return [*row, (f"   {charset.warning} {bad} values are not finite", WARN)] if bad else row
