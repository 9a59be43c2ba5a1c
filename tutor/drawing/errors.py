"""The images that a net gets wrong, drawn, those that it was surest of first."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.feature_maps import GAP, PICTURE_WIDTH, draw_picture, grey, side_by_side
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import GOOD, Row, fit, headed, wrap
from tutor.drawing.shades import Scale


def draw_errors(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """How many there are, then each image under what it is and what it is taken for."""
    wrong, first, images = answer["wrong"], answer["first"], answer["images"]
    if not wrong:
        return wrap(f"All {answer['held_out']:,} held-out images are named rightly.", width, GOOD)
    if not images:
        return wrap(f"There are {wrong} wrong ones: begin at a number below that.", width)
    head = f"{wrong} of {answer['held_out']:,} held-out images are named wrongly"
    rows = [*headed(head, f"; {first} to {first + len(images) - 1}, the surest first", width), []]
    across = max((width + GAP) // (PICTURE_WIDTH + GAP), 1)
    for start in range(0, len(images), across):
        rows += [*side_by_side([_picture(each, charset) for each in images[start : start + across]]), []]
    return [fit(row, width, charset.cut) for row in rows[:-1]]


def _picture(each: Mapping[str, Any], charset: Charset) -> list[Row]:
    image = grey(each["values"])
    words = f"{each['label_name']} as {each['predicted_name']} {each['probability']:.0%}"
    picture = draw_picture(f"image {each['image']}", image, Scale.around([image]), charset)
    caption: Row = [(printable_line(words), "")]
    return [*picture, fit(caption, PICTURE_WIDTH, charset.cut)]
