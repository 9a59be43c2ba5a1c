"""A run in a few rows: where it stands, how fast it goes, what it has learned, and whose code it trains."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.metric import ACCURACY, BLEU, EXACT, examples_of, metric_of
from models.presets import FUSED_PARTS
from models.runs import Part, RunConfig, RunStatus
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.durations import duration, heartbeat, number, percent
from tutor.drawing.prediction import draw_sealed
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, BAD, FAINT, GOOD, STRONG, WARN, Row, cells, fit, spread, wrap

STATE_STYLES = {
    "created": FAINT, "running": ACCENT, "finished": GOOD, "stopped": WARN,
    "failed": BAD, "diverged": BAD, "died": BAD,
}  # fmt: skip
_BAR_WIDTH = 24
_LIST_BAR, _SHORTEST_BAR = 10, 4
NAME_CELLS = 18  # of a list of runs without ablations


@dataclass(frozen=True)
class Numbers:
    """The newest and best values of a run's curves; None where there is none yet."""

    train_loss: float | None = None
    held_out_loss: float | None = None
    best_held_out_loss: tuple[int, float] | None = None
    train_accuracy: float | None = None
    held_out_accuracy: float | None = None
    held_out_exact: float | None = None
    held_out_bleu: float | None = None
    lr: float | None = None
    judged: str = "held out"  # or "validation", while the held-out images stay unseen


def draw_run_card(
    config: RunConfig,
    status: RunStatus,
    numbers: Numbers,
    width: int,
    now: float,
    charset: Charset = UNICODE,
    speech: Sequence[Row] = (),
) -> list[Row]:
    """Heading, progress, numbers, rows on its `speech`, parts and, where the trainer said something, its words."""
    rows = [
        draw_run_heading(config, status, width, charset),
        draw_progress(status, width, now, charset, examples_of(config.settings)),
        *draw_numbers(numbers, config, width),
        *speech,
        *draw_signature(status, width),
        *draw_ways(config, status, width),
        *draw_ablations(config, width),
        *draw_sealed(config, width),
        *draw_parts(config, width, charset),
        *draw_message(status, width),
    ]
    return [fit(row, width, charset.cut) for row in rows]


def draw_run_heading(config: RunConfig, status: RunStatus, width: int, charset: Charset = UNICODE) -> Row:
    """Name, data, seed and device on the left; the state and the step on the right."""
    data = printable_line(config.dataset.get("name") or "data not loaded yet")
    left: Row = [
        (printable_line(config.id), STRONG),
        (f"   {data}, seed {config.seed}, {config.device}", FAINT),
    ]
    step = f"   step {status.step}/{status.total_steps}" if status.total_steps else ""
    right: Row = [(status.state, STATE_STYLES.get(status.state, "")), (step, "")]
    return spread(left, right, width, charset.cut)


def draw_progress(
    status: RunStatus, width: int, now: float, charset: Charset = UNICODE, examples: str = "images"
) -> Row:
    """The bar, the rate, the time left and the trainer's last sign of life, as many of them as fit."""
    fraction = status.step / status.total_steps if status.total_steps else 0.0
    row: Row = [*draw_bar(fraction, _BAR_WIDTH, charset), (f" {int(fraction * 100):3d} %", "")]
    items: Row = []
    if status.examples_per_s:
        items.append((f"   {status.examples_per_s:,.0f} {examples}/s", ""))
    if status.state == "running":
        age = heartbeat(now - status.heartbeat if status.heartbeat else None)
        items += [(f"   {duration(status.seconds_left)} left", ""), (f"   heartbeat {age}", FAINT)]
    for item in items:
        if cells([*row, item]) <= width:
            row.append(item)
    return fit(row, width, charset.cut)


def draw_bar(fraction: float, width: int, charset: Charset = UNICODE) -> Row:
    """A bar of `width` cells, filled up to the fraction; an ASCII bar stands in brackets."""
    inner = width if charset.unicode else width - 2
    filled = round(min(max(fraction, 0.0), 1.0) * inner)
    bar: Row = [(charset.full * filled, ACCENT), (charset.empty * (inner - filled), FAINT)]
    return bar if charset.unicode else [("[", ""), *bar, ("]", "")]


def draw_numbers(numbers: Numbers, config: RunConfig, width: int) -> list[Row]:
    """Loss and accuracy in two rows: training, held out, and the best loss or the bar for the accuracy."""
    best, goal = "", config.settings.get("bar")
    if numbers.best_held_out_loss:
        step, value = numbers.best_held_out_loss
        best = f"best {number(value)} at {step}"
    loss = number(numbers.train_loss), number(numbers.held_out_loss), best
    metric = metric_of(config.settings)
    if metric in (EXACT, BLEU):
        found = numbers.held_out_exact if metric is EXACT else numbers.held_out_bleu
        said = "-", metric.text(found), f"to reach {metric.text(goal)}"
        rows = (("loss", loss), ("exact" if metric is EXACT else "BLEU", said))
        return [_numbers_row(name, values, numbers.judged, width) for name, values in rows]
    if metric is not ACCURACY:
        bits = _in_bits(numbers.train_loss), _in_bits(numbers.held_out_loss), f"to reach {metric.text(goal)} nats"
        rows = (("nats", loss), ("bits", bits))
        return [_numbers_row(name, values, numbers.judged, width) for name, values in rows]
    to_reach = f"to reach {goal * 100:g} %" if isinstance(goal, int | float) else ""
    accuracy = percent(numbers.train_accuracy), percent(numbers.held_out_accuracy), to_reach
    rows = (("loss", loss), ("accuracy", accuracy))
    return [_numbers_row(name, values, numbers.judged, width) for name, values in rows]


def _in_bits(nats: float | None) -> str:
    """Bits per character: nats / ln 2."""
    return number(None if nats is None else nats / math.log(2))


def _numbers_row(name: str, values: tuple[str, str, str], judged: str, width: int) -> Row:
    train, held_out, last = values
    row: Row = [(f"{name:<9}", FAINT), ("train ", FAINT), (f"{train:<9}", ""), (f"{judged} ", FAINT)]
    row.append((f"{held_out:<8} ", STRONG))
    return fit([*row, (last, FAINT)] if cells(row) + len(last) <= width else row, width, "")


def draw_signature(status: RunStatus, width: int) -> list[Row]:
    """How the held-out BLEU was counted and decoded: without that it cannot be compared with another one."""
    signature = status.final.get("held_out_signature")
    if not isinstance(signature, str):
        return []
    return wrap(printable_line(f"sacreBLEU {signature}, beam {status.final.get('held_out_beam')}"), width, FAINT)


def draw_ways(config: RunConfig, status: RunStatus, width: int) -> list[Row]:
    """How it is trained where that is not the plainest way: number format, image sizes, mean of weights, processes."""
    settings, processes = config.settings, status.final.get("processes") or 1
    precision, first, decay = (settings.get(name) for name in ("precision", "first_size", "average"))
    smoothed = settings.get("label_smoothing")
    words = [
        f"in {precision}" if precision not in (None, "float32") else "",
        f"towards targets smoothed by {smoothed:g}, which the train loss counts" if smoothed else "",
        "channels last" if settings.get("channels_last") else "",
        "compiled" if settings.get("compile") else "",
        f"images from {first}x{first} up" if first else "",
        f"ends with a mean of its weights ({decay:g} a step)" if decay else "",
        f"{processes} processes" if processes > 1 else "",
    ]
    told = ", ".join(word for word in words if word)
    return wrap(printable_line(f"Trained {told}."), width, FAINT) if told else []


def draw_ablations(config: RunConfig, width: int) -> list[Row]:
    """What was changed in the net; such a run is there to be compared with the run without it."""
    if not config.ablations:
        return []
    words = f"Ablation {_listed(config.ablations)}: another net than the project's, to be compared with it."
    return wrap(printable_line(words), width)


def draw_parts(config: RunConfig, width: int, charset: Charset = UNICODE) -> list[Row]:
    """Whose code each part is; a run with a reference in it is no evidence, and says so."""
    yours = [part.exercise_id.split("/")[-1] for part in config.parts if part.source == "learner"]
    lent = [part for part in config.parts if part.source != "learner"]
    if not lent:
        twin = ", by verified twins" if config.twin else ""
        alone = [name for name, part in zip(yours, config.parts, strict=True) if _trains_itself(part)]
        without = f" Without a twin, as a variant: {_listed(alone)}." if twin and alone else ""
        another = (
            "" if config.is_evidence or config.ablations else " Another net than the project's: no evidence for it."
        )
        return wrap(f"Your code{twin}: {_listed(yours)}.{without}{another}", width)
    text = f"{charset.warning} No evidence, a reference stands in for {_with_reasons(lent)}."
    rows = wrap(printable_line(text), width, WARN)
    return [*rows, *(wrap(f"Your code: {_listed(yours)}.", width) if yours else [])]


def _trains_itself(part: Part) -> bool:
    """Whether torch has a fused layer for this part, but one that follows another convention."""
    return part.exercise_id in FUSED_PARTS and not part.has_twin


def draw_message(status: RunStatus, width: int) -> list[Row]:
    """What the trainer said last, as it is: a reason for its end, an unusual thing on the way."""
    text = printable_line(status.message)
    return wrap(text, width, STATE_STYLES.get(status.state, "") if text else "") if text else []


def draw_run_line(
    config: RunConfig, status: RunStatus, width: int, charset: Charset = UNICODE, names: int = NAME_CELLS
) -> Row:
    """One run of a list: name, state, progress, accuracy and whether it counts; names take `names` cells.

    Where it is narrow the bar gets shorter; it and the percentage of steps are left out before a word is cut.
    """
    fraction = status.step / status.total_steps if status.total_steps else 0.0
    counts = "evidence" if config.is_evidence else "ablation" if config.ablations else "no evidence"
    left: Row = [(f"{printable_line(config.id):<{names}} ", "")]
    left += [(f"{status.state:<9}", STATE_STYLES.get(status.state, "")), (" ", "")]
    reached = metric_of(config.settings).text(status.held_out)
    right: Row = [(f" {int(fraction * 100):3d} %", ""), (f"  {reached:>7}", STRONG)]
    right.append((f"  {counts}", "" if config.is_evidence else FAINT))
    room = width - cells(left) - cells(right)
    bar = draw_bar(fraction, min(room, _LIST_BAR), charset) if room >= _SHORTEST_BAR else []
    row: Row = [*left, *bar, *(right if room >= 0 else right[1:])]
    return fit(row, width, charset.cut) if cells(row) > width else row


def _with_reasons(lent: Sequence[Part]) -> str:
    """The parts that are not the learner's, those with the same reason told together."""
    by_reason: dict[str, list[str]] = {}
    for part in lent:
        by_reason.setdefault(part.reason or "asked for", []).append(part.exercise_id.split("/")[-1])
    return "; ".join(f"{_listed(names)} ({reason})" for reason, names in by_reason.items())


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) < 2 else f"{', '.join(names[:-1])} and {names[-1]}"
