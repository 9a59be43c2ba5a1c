"""The figure of the lesson on the whole machine: figure 1 of its paper with live shapes, and its learning rate."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows
from tutor.drawing.figures.transformer_parts import Part, mask_words, parts_of, shape_words
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, FAINT, STRONG, WARN, Row, fit, wrap

HEIGHT, ROWS, CURVE, WIDE = 18, 13, 12, 70
_FEWEST = 5  # rows of the machine, however few there are for all
_HERE, _MEMORY_ROW, _IN_STACK = "bold reverse", 5, {"encoder": range(6, 10), "decoder": range(2, 8)}
_SHORT = {"norm, ": "n, ", "self-attention": "self-att.", "cross-attention": "cross-att.", "feed-forward": "feed-fwd"}

Answer = Mapping[str, Any]


def draw_transformer_diagram(
    settings: Mapping[str, Any],
    answer: Answer | None,
    current: int,
    view: str,
    width: int,
    charset: Charset = UNICODE,
    height: int = HEIGHT,
) -> list[Row]:
    """Encoder on the left, decoder on the right, upward as in the paper, with a shape beside each part.

    `current` is the part that is looked at, told below; `view` is "machine" or "rate". Where `height` is less than
    all of it takes, the machine is cut around that part.
    """
    if answer is None:
        rows = _awaited(width, charset)
    elif view == "rate":
        rows = _rates(answer, width, charset)
    else:
        rows = _machine(settings, answer, current, width, charset, height)
    return [fit(row, width, charset.cut) for row in rows]


def _machine(
    settings: Mapping[str, Any], answer: Answer, current: int, width: int, charset: Charset, height: int
) -> list[Row]:
    parts = parts_of(settings["norm"], settings["mode"])
    here = parts[min(max(current, 0), len(parts) - 1)]
    title = _title(settings, answer, width, charset)
    told = _told(here, answer, width)
    room = min(max(height - len(title) - len(told), _FEWEST), ROWS)
    first = min(max(here.row - room // 2, 0), ROWS - room)
    by_place = {(part.side, part.row): part for part in parts}
    half, rows = (width - 6) // 2, list(title)
    for number in range(first, first + room):
        row: Row = []
        for side in ("encoder", "decoder"):
            part = by_place.get((side, number))
            row += _cell(part, part is here, number in _IN_STACK[side], answer, half, width, charset)
            if side == "encoder":
                row.append(_between(number, charset))
        rows.append(row)
    return [*rows, *told]


def _title(settings: Mapping[str, Any], answer: Answer, width: int, charset: Charset) -> list[Row]:
    whose = "Your Transformer" if answer["whose"] == "yours" else "The reference"
    step = "training" if settings["mode"] == "training" else f"decoding, token {settings['said']}"
    sizes = answer["sizes"]
    rest = f": {step}, {settings['norm']}-norm, {settings['heads']} heads, d = {sizes['d']}, N = {sizes['layers']}"
    rows: list[Row] = [[(whose, STRONG), (rest, "")]]
    if answer["whose"] != "yours" and answer["reason"] and "No folder" not in answer["reason"]:
        rows += wrap(charset.translate(printable_line(answer["reason"].split("\n")[0])), width, WARN)[:1]
    return rows


def _cell(
    part: Part | None, is_here: bool, in_stack: bool, answer: Answer, half: int, width: int, charset: Charset
) -> Row:
    """A part with its shape; the layers of a stack have a line along them."""
    edge = (charset.translate("│ ") if in_stack else "  ", FAINT)
    if part is None:
        return fit([edge], half)
    label = part.label
    if width < WIDE:
        for long, short in _SHORT.items():
            label = label.replace(long, short)
    shape = shape_words(answer["shapes"].get(part.shape, []))
    pointer = (f"{charset.pointer if is_here else ' '} ", ACCENT)
    room = half - 4 - len(shape)
    return fit([edge, pointer, (label.ljust(room)[:room], _HERE if is_here else ""), (shape, ACCENT)], half)


def _between(row: int, charset: Charset) -> tuple[str, str]:
    """The memory's way over to every layer of the decoder."""
    return (charset.translate(" ───▶ ") if row == _MEMORY_ROW else " " * 6, ACCENT)


def _told(part: Part, answer: Answer, width: int) -> list[Row]:
    shape = shape_words(answer["shapes"].get(part.shape, []))
    rows = wrap(f"{part.label}: {part.told} {mask_words(part, answer)}".rstrip(), width)
    what = "weights" if part.attention else "hidden layer" if part.shape.endswith("w_1") else "shape"
    return [*rows, [(f"{what} {shape}; {answer['parameters']:,} parameters in all", FAINT)]]


def _rates(answer: Answer, width: int, charset: Charset) -> list[Row]:
    rows: list[Row] = [[("Noam's schedule, d = 512", STRONG)]]
    steps = answer["rate_steps"]
    lines = [
        Line(f"warm-up {warmup}", list(zip(steps, rates, strict=True))) for warmup, rates in answer["rates"].items()
    ]
    rows += draw_curve_rows(lines, width, CURVE, charset)
    told = "rate = d^-1/2 min(step^-1/2, step warmup^-3/2): both are equal at step = warmup, where it is largest, "
    peaks = " and ".join(f"{max(rates):.1e} for {warmup}" for warmup, rates in answer["rates"].items())
    return [*rows, *wrap(f"{told}(d warmup)^-1/2: {peaks}. Behind it both fall alike.", width)]


def _awaited(width: int, charset: Charset) -> list[Row]:
    told = (
        "Encoder and decoder, put together now from your Transformer, if you have written it, and two short sentences "
        "sent through. You will see the shape behind every part, which mask stands where, what is cached while "
        "decoding, and where pre-norm moves the norms."
    )
    return [[("The machine of figure 1", STRONG)], [], *wrap(told, width), [], [(f"computing {charset.cut}", FAINT)]]
