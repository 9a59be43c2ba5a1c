"""A verdict in rows: what was found, both equations side by side, and the natural next step."""

from lessons.checking.verdict import Verdict
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.page import draw_page
from tutor.drawing.printable import printable, printable_line
from tutor.drawing.rows import BAD, FAINT, GOOD, STRONG, WARN, Row, cells, fit, paragraphs, spread, wrap

_WORDS = {
    "passed": ("PASSED", GOOD), "variant": ("PASSED, a variant", GOOD),
    "fragile": ("PASSED, but fragile", WARN),
    "failed": ("FAILED", BAD), "error": ("ERROR", BAD), "timeout": ("OUT OF TIME", BAD),
    "missing": ("NOT STARTED", FAINT), "unverifiable": ("COULD NOT BE VERIFIED", WARN),
}  # fmt: skip
_STDOUT_LINES = 20


def draw_verdict(
    verdict: Verdict, width: int, charset: Charset = UNICODE, with_after: bool = True, with_output: bool = True
) -> list[Row]:
    """The verdict's word and message, then equations, evidence, hint and what the code printed."""
    rows = [_headline(verdict, width, charset), *paragraphs(printable(verdict.message), width)]
    if verdict.right_equation and verdict.learner_equation:
        rows += [[], *_equation("right", verdict.right_equation, width, charset)]
        rows += _equation("yours", verdict.learner_equation, width, charset)
    if verdict.detail:
        rows += [[], *(row for line in verdict.detail for row in paragraphs(printable(line), width, FAINT))]
    if verdict.hint:
        rows += [[], *draw_page(f"Hint: {printable_line(verdict.hint)}", width, charset)]
    if with_after and verdict.done and verdict.after:
        rows += [[], *draw_page(verdict.after, width, charset)]
    if with_output:
        rows += draw_printed(verdict.stdout)
    return [fit(row, width, charset.cut) for row in rows]


def verdict_mark(verdict: Verdict, charset: Charset = UNICODE) -> str:
    """The sign of a verdict; its word always stands beside it."""
    if verdict.status == "missing":
        return charset.open
    if verdict.status in ("fragile", "unverifiable"):
        return charset.warning
    return charset.passed if verdict.done else charset.failed


def _headline(verdict: Verdict, width: int, charset: Charset) -> Row:
    word, style = _WORDS[verdict.status]
    left: Row = [(f"{verdict_mark(verdict, charset)} {word}", f"{STRONG} {style}")]
    if verdict.mistake:
        left.append((f"  {printable_line(verdict.mistake)}", style))
    return spread(left, [(f"{verdict.seconds:.1f} s", FAINT)], width, charset.cut)


def _equation(name: str, equation: str, width: int, charset: Charset) -> list[Row]:
    """An equation keeps its own lines; one that is too wide goes on below, further in."""
    lead = f"{name}  "
    room, rows = width - len(lead), []
    for line in printable(charset.translate(equation)).split("\n"):
        margin = " " * (len(line) - len(line.lstrip()))
        rows += [[(line, "")]] if cells([(line, "")]) <= room else wrap(line, room, "", margin + "    ", margin)
    leads = [lead, *([" " * len(lead)] * (len(rows) - 1))]
    return [[(first, FAINT), *row] for first, row in zip(leads, rows, strict=True)]


def draw_printed(stdout: str) -> list[Row]:
    """What the learner's code printed, after an empty row; nothing where it printed nothing."""
    if not stdout.strip():
        return []
    lines = printable(stdout, lines=_STDOUT_LINES).rstrip("\n").split("\n")
    return [[], [("Your code printed:", FAINT)], *([("  " + line, "")] for line in lines)]
