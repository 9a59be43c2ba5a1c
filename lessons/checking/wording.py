"""Verdicts in words: one sentence for the learner, then where and how, never the expected array."""

import ast
import signal
from pathlib import Path
from typing import Any

from lessons.catalog import DECLARATION, Exercise
from lessons.checking.assignment import KnownFile
from lessons.checking.confinement import MOST_PROCESSES
from lessons.checking.conventions import Declared, apart
from lessons.checking.failing_input import declared, input_in_words
from lessons.checking.observations import Difference
from lessons.checking.runner_handle import Report
from lessons.checking.shortcuts import OUT_OF_TORCH
from lessons.checking.verdict import Verdict

SHORTCUT = "library-shortcut"
DECLARATION_DISAGREES = "declaration-disagrees"
VALUE_READ = ("item()", "local_scalar", "nonzero")  # what torch says where a tensor has no numbers


def of_a_pass(exercise: Exercise) -> Verdict:
    agrees = "agrees" if len(exercise.symbols) == 1 else "agree"
    return Verdict(exercise.id, "passed", f"{exercise.called} {agrees} with the reference on every case.",
                   right_equation=exercise.equation, after=exercise.after)  # fmt: skip


def of_a_variant(exercise: Exercise, variant: KnownFile) -> Verdict:
    message, source = f"Right, by another convention: {variant.sentence}", f"source: {variant.citation}"
    return Verdict(exercise.id, "variant", message, detail=(source,), right_equation=exercise.equation,
                   learner_equation=variant.equation, after=exercise.after)  # fmt: skip


def of_a_fragile_one(exercise: Exercise, difference: Difference) -> Verdict:
    message = f"Right on ordinary numbers, but not on extreme ones: {_lower(difference.case.claim)}."
    return Verdict(exercise.id, "fragile", message, detail=_where(exercise, difference),
                   right_equation=exercise.equation, after=exercise.after)  # fmt: skip


def of_wrong_parts(exercise: Exercise, difference: Difference) -> Verdict:
    files = ", ".join(sorted({where.split(":")[0] for where in difference.case.learner_parts.values()}))
    are = "is" if len(exercise.symbols) == 1 else "are"
    message = f"{exercise.called} {are} right with torch's parts, not with your own ({files}): check those first."
    return Verdict(exercise.id, "failed", message, detail=_where(exercise, difference))


def of_a_failure(
    exercise: Exercise,
    difference: Difference,
    named: KnownFile | None,
    count_of_cases: tuple[int, int],
    everywhere: bool,
    root: Path,
) -> Verdict:
    """A named mistake tells itself; else the telling case does, or their own exception."""
    wrong, of = count_of_cases
    count = f"{wrong} of {of} cases differ"
    detail = (*_where(exercise, difference), count)
    if named:
        # The last step of the ladder is nearly the solution; whoever wants it asks for it.
        hint = exercise.hints[min(named.hint, 2) - 1] if named.hint else None
        return Verdict(exercise.id, "failed", named.sentence, mistake=named.id, hint=hint, detail=detail,
                       right_equation=exercise.equation, learner_equation=named.equation)  # fmt: skip
    if difference.raised and difference.case.meta:
        return _of_another_device(exercise, difference.raised, root, detail)
    if difference.raised:
        return _of_an_exception(exercise, difference.raised, root, detail)
    where = "in nearly every case" if everywhere else f'in the case "{difference.case.claim}"'
    message = f"{_upper(difference.sentence)}, {where}."
    return Verdict(exercise.id, "failed", message, hint=exercise.hints[0], detail=detail,
                   right_equation=exercise.equation)  # fmt: skip


def of_another_declaration(
    exercise: Exercise, declared: Declared, written: Declared, difference: Difference
) -> Verdict:
    said, done = apart(declared, written)
    message = f"{DECLARATION} says {said}, but the code is right for {done}: change one of the two."
    return Verdict(exercise.id, "failed", message, mistake=DECLARATION_DISAGREES, hint=exercise.hints[1],
                   detail=_where(exercise, difference), right_equation=exercise.equation)  # fmt: skip


def of_a_broken_run(exercise: Exercise, report: Report, root: Path, seconds: float) -> Verdict | None:
    """None when the submission replied with observations that can be compared."""
    if report.never_started:
        message = "The process that runs your code did not start, so nothing was checked: free some memory, try again."
        return Verdict(exercise.id, "unverifiable", message)
    if report.runner_died:
        return Verdict(exercise.id, "error", "Your code ended or stopped the process that was checking it.")
    if report.late and report.swarm:
        message = f"Your code started more than {MOST_PROCESSES} processes, so it was stopped."
        return Verdict(exercise.id, "timeout", message)
    if report.late:
        message = f"Not finished after {seconds:g} s: look for a loop that does not end."
        return Verdict(exercise.id, "timeout", message)
    if report.seen is None and report.complete:
        message = "What came back cannot be read: your code wrote into the checker's own pipe, or made far too much."
        return Verdict(exercise.id, "error", message)
    if report.seen is None:
        return Verdict(exercise.id, "error", f"Your code ended its process before it answered ({_ending(report)}).")
    if report.seen["shortcut"]:
        taken = report.seen["shortcut"]
        reason = "leaves torch, and gradients end there" if taken in OUT_OF_TORCH else "is what you are asked to build"
        message = f"{taken} {reason}; use plain tensor operations."
        return Verdict(exercise.id, "failed", message, mistake=SHORTCUT, hint=exercise.hints[0],
                       right_equation=exercise.equation)  # fmt: skip
    if report.seen["broken"]:
        return _of_an_exception(exercise, report.seen["broken"], root, ())
    return None


def _of_an_exception(exercise: Exercise, raised: dict[str, Any], root: Path, detail: tuple[str, ...]) -> Verdict:
    frames = raised["frames"]
    place = _place(frames[-1], root) if frames else ""
    if raised["~raised"] == "NotImplementedError" and frames and "NotImplementedError" in frames[-1]["code"]:
        return Verdict(exercise.id, "missing", f"Not written yet{place}: your turn.")
    if raised["~raised"] == "MissingSymbol":
        message = f"{exercise.file} has {raised['text']}; the exercise asks for {exercise.called}."
        return Verdict(exercise.id, "error", message)
    text = raised["text"]
    if raised["~raised"] == "TypeError" and not frames:  # it was called, and never came to its first line
        text += f"; it is called as {_signatures(exercise)}"
    trace = tuple(f"{_relative(frame['file'], root)}:{frame['line']}  {frame['code'].strip()}" for frame in frames)
    return Verdict(exercise.id, "error", f"{raised['~raised']}{place}: {text}", detail=(*trace, *detail))


def _signatures(exercise: Exercise) -> str:
    """How the stub declares its symbols, without types: conv2d(x, w, b=None, stride=1)."""
    return "; ".join(map(_signature, declared(exercise))) or exercise.called


def _signature(node: ast.ClassDef | ast.FunctionDef) -> str:
    inner = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"]
    arguments = (inner[0] if isinstance(node, ast.ClassDef) and inner else node).args  # type: ignore[union-attr]
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        argument.annotation = None
    return f"{node.name}({ast.unparse(arguments).removeprefix('self, ')})"


def _of_another_device(exercise: Exercise, raised: dict[str, Any], root: Path, detail: tuple[str, ...]) -> Verdict:
    place = _place(raised["frames"][-1], root) if raised["frames"] else ""
    if any(words in raised["text"] for words in VALUE_READ):
        message = (
            f"A value is read out of a tensor{place}, and in this case none can be: only shapes, dtypes and "
            f"devices are known. Do without .item(), .tolist(), and a tensor after if."
        )
    else:
        message = (
            f"Where x lies on another device this fails{place}: make every new tensor on x's device, as "
            f"x.new_zeros(...) does, and move none away from it."
        )
    return Verdict(exercise.id, "failed", message, hint=exercise.hints[0], detail=detail,
                   right_equation=exercise.equation)  # fmt: skip


def _place(frame: dict[str, Any], root: Path) -> str:
    line = f", line {frame['line']}" if frame["line"] else ""
    return f" ({_relative(frame['file'], root)}{line})"


def _where(exercise: Exercise, difference: Difference) -> tuple[str, ...]:
    """The claim, the input as the learner's own code gets it, and the place where it differs."""
    given = input_in_words(exercise, difference.case)
    which = "smallest input that fails" if difference.is_smallest else "input"
    lines = [f"claim: {difference.case.claim}", *([f"{which}: {given}"] if given else [])]
    return (*lines, difference.place or difference.sentence)


def _ending(report: Report) -> str:
    if report.signal:
        known = report.signal in set(signal.Signals)  # the real-time ones have no names
        return f"signal {signal.Signals(report.signal).name if known else report.signal}"
    return f"exit code {report.exit_code}"


def _relative(file: str, root: Path) -> str:
    return file.removeprefix(f"{root}/")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
