"""A prediction in words: what was sealed, and, once the runs have ended, what came of it."""

from datetime import datetime

from models.prediction import Outcome, parse_prediction
from models.run_errors import RunError
from models.runs import RunConfig, SealedPrediction
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, GOOD, STRONG, Row, wrap

FREE = "A wrong prediction costs nothing; it is what you learn from."
_STYLES = {"right": GOOD, "wrong": BAD, "open": ""}
_NAME = 13


def draw_sealed(config: RunConfig, width: int) -> list[Row]:
    """The prediction of a run in its card; nothing where there is none."""
    if config.prediction is None:
        return []
    words = f"Predicted: {_told(config.prediction)} ({_when(config.prediction)})."
    return wrap(printable_line(words), width)


def draw_outcome(
    label: str, sealed: SealedPrediction, outcome: Outcome, seeds: tuple[int, int], has_plain: bool, width: int
) -> list[Row]:
    """What was predicted and when, what came, and what the 95% interval says; `seeds` of the plain and this arm."""
    prediction = outcome.prediction
    rows = wrap(printable_line(f"The prediction for {label}, {_when(sealed)}"), width, STRONG)
    rows += _line("predicted", prediction.sentence, "", width)
    rows += _line("came", _came(outcome, seeds, label, has_plain), "", width)
    if outcome.difference is not None:
        if prediction.direction != "same":
            rows += _line("direction", f"{outcome.direction}: {_why_direction(outcome)}", outcome.direction, width)
        rows += _line("size", f"{outcome.size}: {_why_size(outcome)}", outcome.size, width)
    return [*rows, *wrap(FREE, width, FAINT)]


def _line(name: str, words: str, answer: str, width: int) -> list[Row]:
    first = f"  {name:<{_NAME - 2}}"
    return wrap(printable_line(words), width, _STYLES.get(answer, ""), indent=" " * _NAME, first=first)


def _came(outcome: Outcome, seeds: tuple[int, int], label: str, has_plain: bool) -> str:
    if not has_plain:
        return f"not known here: the runs without {label} are not among these; name them too"
    apart = outcome.difference
    if apart is None:
        return "nothing yet: each arm needs a finished run"
    counts = f"{seeds[0]} and {seeds[1]} seeds"
    if apart.interval is None:
        return f"{apart.value * 100:+.2f} points, without an interval ({counts}): one run an arm is not a finding"
    low, high = (end * 100 for end in apart.interval)
    return f"{apart.value * 100:+.2f} points, 95% interval {low:+.2f} to {high:+.2f} ({counts})"


def _why_direction(outcome: Outcome) -> str:
    if outcome.difference is None or outcome.difference.interval is None:
        return "no interval yet"
    low, high = outcome.difference.interval
    if low <= 0.0 <= high:
        return "0 lies within the interval"
    return f"the whole interval lies {'below' if high < 0 else 'above'} 0"


def _why_size(outcome: Outcome) -> str:
    prediction = outcome.prediction
    low, high = prediction.band
    band = f"{low:g} to {high:g}"
    if outcome.difference is None or outcome.difference.interval is None:
        place = "lies" if outcome.is_within else "does not lie"
        return f"no interval yet; what was measured {place} in {band}"
    if outcome.size == "open":
        place = "lies" if outcome.is_within else "does not lie"
        return f"what was measured {place} in {band}; the interval lies neither within it nor outside of it"
    return f"the whole interval lies {'within' if outcome.size == 'right' else 'outside of'} {band}"


def _told(sealed: SealedPrediction) -> str:
    try:
        return parse_prediction(sealed.words).sentence
    except RunError:  # a config that was written by hand
        return sealed.words


def _when(sealed: SealedPrediction) -> str:
    try:
        at = f"{datetime.fromisoformat(sealed.sealed_at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        at = sealed.sealed_at
    return f"sealed {at}" if sealed.is_blind else f"sealed {at}, not blind: a run of it had finished before"
