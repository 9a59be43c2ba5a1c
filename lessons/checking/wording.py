"""Verdicts in words: one sentence for the learner, then where and how, never the expected array."""

import signal
from pathlib import Path
from typing import Any

from lessons.catalog import Exercise
from lessons.checking.assignment import KnownFile
from lessons.checking.observations import Difference
from lessons.checking.runner_handle import Report
from lessons.checking.verdict import Verdict

SHORTCUT = "library-shortcut"


def of_a_pass(exercise: Exercise) -> Verdict:
    return Verdict(exercise.id, "passed", f"{exercise.symbol} agrees with the reference on every case.",
                   right_equation=exercise.equation, after=exercise.after)  # fmt: skip


def of_a_variant(exercise: Exercise, variant: KnownFile) -> Verdict:
    message = f"Right, by another convention: {variant.sentence}"
    return Verdict(exercise.id, "variant", message, detail=(f"source: {variant.citation}",),
                   right_equation=exercise.equation, learner_equation=variant.equation, after=exercise.after)  # fmt: skip


def of_a_fragile_one(exercise: Exercise, difference: Difference) -> Verdict:
    message = f"Equal in exact arithmetic, but it breaks on extreme input: {_lower(difference.case.claim)}."
    return Verdict(exercise.id, "fragile", message, detail=_where(difference, Path()),
                   right_equation=exercise.equation, after=exercise.after)  # fmt: skip


def of_wrong_parts(exercise: Exercise, difference: Difference) -> Verdict:
    files = ", ".join(sorted({where.split(":")[0] for where in difference.case.learner_parts.values()}))
    message = f"{exercise.symbol} is right with torch's parts, not with your own ({files}): check those first."
    return Verdict(exercise.id, "failed", message, detail=_where(difference, Path()))


def of_a_failure(
    exercise: Exercise, difference: Difference, named: KnownFile | None, wrong: int, of: int, root: Path
) -> Verdict:
    """A named mistake tells itself; else the smallest failing case does, or their own exception."""
    count = f"{wrong} of {of} cases differ"
    detail = (*_where(difference, root), count)
    if named:
        hint = exercise.hints[named.hint - 1] if named.hint else None
        return Verdict(exercise.id, "failed", named.sentence, mistake=named.id, hint=hint, detail=detail,
                       right_equation=exercise.equation, learner_equation=named.equation)  # fmt: skip
    if difference.raised:
        return _of_an_exception(exercise, difference.raised, root, detail)
    message = f"{_upper(difference.sentence)}, where {_lower(difference.case.claim)}."
    return Verdict(exercise.id, "failed", message, hint=exercise.hints[0], detail=detail,
                   right_equation=exercise.equation)  # fmt: skip


def of_a_broken_run(exercise: Exercise, report: Report, root: Path, seconds: float) -> Verdict | None:
    """None when the submission replied with observations that can be compared."""
    if report.runner_died:
        return Verdict(exercise.id, "error", "Your code ended or stopped the process that was checking it.")
    if report.late:
        message = f"Not finished after {seconds:g} s: look for a loop that does not end."
        return Verdict(exercise.id, "timeout", message)
    if report.seen is None:
        return Verdict(exercise.id, "error", f"Your code ended its process before it answered ({_ending(report)}).")
    if report.seen["shortcut"]:
        message = f"{report.seen['shortcut']} is what this exercise asks you to build; use plain tensor operations."
        return Verdict(exercise.id, "failed", message, mistake=SHORTCUT, hint=exercise.hints[0],
                       right_equation=exercise.equation)  # fmt: skip
    if report.seen["broken"]:
        return _of_an_exception(exercise, report.seen["broken"], root, ())
    return None


def _of_an_exception(exercise: Exercise, raised: dict[str, Any], root: Path, detail: tuple[str, ...]) -> Verdict:
    frames = raised["frames"]
    place = f" ({_relative(frames[-1]['file'], root)}, line {frames[-1]['line']})" if frames else ""
    if raised["~raised"] == "NotImplementedError":
        return Verdict(exercise.id, "missing", f"Not written yet{place}: your turn.")
    if raised["~raised"] == "MissingSymbol":
        message = f'{exercise.file} has {raised["text"]}: the exercise is called "{exercise.symbol}".'
        return Verdict(exercise.id, "error", message)
    trace = tuple(f"{_relative(frame['file'], root)}:{frame['line']}  {frame['code'].strip()}" for frame in frames)
    return Verdict(exercise.id, "error", f"{raised['~raised']}{place}: {raised['text']}", detail=(*trace, *detail))


def _where(difference: Difference, _root: Path) -> tuple[str, ...]:
    shapes = ", ".join(f"{name} {shape}" for name, shape in difference.case.shapes.items())
    arguments = ", ".join(f"{name}={value!r}" for name, value in difference.case.arguments.items())
    lines = (f"claim: {difference.case.claim}", f"input: {shapes}{'; ' + arguments if arguments else ''}")
    return (*lines, difference.place or difference.sentence)


def _ending(report: Report) -> str:
    if report.signal:
        return f"signal {signal.Signals(report.signal).name}"
    return f"exit code {report.exit_code}"


def _relative(file: str, root: Path) -> str:
    return file.removeprefix(f"{root}/")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
