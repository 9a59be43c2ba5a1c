"""`check`: verify exercises, units, criteria, one file, or all of it; `check --self`: the checker checks itself."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lessons.checking.verdict import TIME_LIMIT_S
from tutor.verbs.options import HIGHEST_SEED, AsciiOption, JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from lessons.checking.verdict import Verdict
    from tutor.judge_client import JudgeClient
    from tutor.standing import Standing
    from tutor.workspace import Workspace


@dataclass(frozen=True)
class Wish:
    """How it is to be checked and told, whatever is checked."""

    seed: int | None
    seconds: float
    as_json: bool
    ascii: bool
    junit: Path | None
    repro: Path | None


def check(
    targets: Annotated[list[str] | None, typer.Argument(metavar="[TARGET]...", show_default=False)] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Do not write what was seen into the record.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds for one exercise.", min=0.1, max=600)] = TIME_LIMIT_S,
    seed: Annotated[int | None, typer.Option(help="Repeat an attempt: its seed is in the result.", min=0,
                                             max=HIGHEST_SEED, show_default=False)] = None,
    file: Annotated[Path | None, typer.Option(metavar="PATH", help="Judge this file, outside any workspace.",
                                              show_default=False)] = None,
    exercise: Annotated[str | None, typer.Option(metavar="ID", help="What --file solves: cnn/conv2d.",
                                                 show_default=False)] = None,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the verdicts there as JUnit XML too.",
                                               show_default=False)] = None,
    repro: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a script there that repeats the failing "
                                               "input under a debugger.", show_default=False)] = None,
    self_check: Annotated[bool, typer.Option("--self", help="Check the checker: every stub, reference, mistake and "
                                             "variant.")] = False,
    matrix: Annotated[Path | None, typer.Option(metavar="FILE", help="With --self: write the kill matrix there, as "
                                                "Markdown.", show_default=False)] = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Check exercises (cnn/conv2d), units (cnn), `criteria`, or everything; or one file, outside any workspace."""
    is_file = file is not None or exercise is not None
    _refuse_together(
        self_check, "--self", {"--file": is_file, "--junit": junit is not None, "--repro": repro is not None}
    )
    _refuse_together(is_file, "--file", {"--workspace": workspace is not None})
    if self_check:
        import asyncio

        from tutor.self_checking import check_the_checker

        raise typer.Exit(asyncio.run(check_the_checker(targets or [], as_json, matrix)))
    if matrix is not None:
        raise _no_matrix(matrix)
    wish = Wish(
        seed, _seconds(timeout), as_json, ascii, _writable(junit), _free(repro, None if is_file else targets or [])
    )
    if is_file:
        statuses = _check_file(file, exercise, targets or [], wish)
    else:
        statuses = _check_targets(targets or [], workspace, not no_record, wish)
    raise typer.Exit(_exit_code(statuses))


def _check_targets(targets: list[str], folder: Path | None, record: bool, wish: Wish) -> list[str]:
    """Check what the words mean in a workspace, and tell it; the statuses that the exit code is made of."""
    import asyncio
    import json

    from tutor.checking import check_all, targeted
    from tutor.contract import check_object
    from tutor.judge_client import JudgeClient
    from tutor.workspace import open_workspace

    here, wanted = open_workspace(folder), targeted(targets)
    judge = JudgeClient(with_scripts=True) if wish.repro else None
    verdicts, notice = asyncio.run(check_all(here, wanted, wish.seed, wish.seconds, record, judge))
    standing, unread = _standing(here)
    shown = standing if wanted.criteria else None
    if wish.as_json:
        print(json.dumps(check_object(here, verdicts, standing), indent=2))
    else:
        _print_verdicts(verdicts, shown, wish.ascii)
    if notice or unread:
        print(notice or unread, file=sys.stderr)
    _write_junit(wish, verdicts, shown)
    if judge:
        _write_script(wish, verdicts[0], judge)
    statuses: list[str] = [verdict.status for verdict in verdicts]
    return [*statuses, _status_of_criteria(standing)] if wanted.criteria else statuses


def _check_file(file: Path | None, exercise_id: str | None, targets: list[str], wish: Wish) -> list[str]:
    """The same for a file that somebody handed in."""
    import asyncio
    import json

    from tutor.contract import file_object
    from tutor.file_checking import check_file, handed_in
    from tutor.judge_client import JudgeClient

    given = handed_in(file, exercise_id, targets)
    judge = JudgeClient(with_scripts=True) if wish.repro else None
    verdict = asyncio.run(check_file(given, wish.seed, wish.seconds, judge))
    if wish.as_json:
        print(json.dumps(file_object(given, verdict), indent=2))
    else:
        _print_verdicts([verdict], None, wish.ascii)
    _write_junit(wish, [verdict], None)
    if judge:
        _write_script(wish, verdict, judge)
    return [verdict.status]


def _print_verdicts(verdicts: "Sequence[Verdict]", standing: "Standing | None", ascii_only: bool) -> None:
    from tutor.console import console_charset, console_width, print_rows
    from tutor.drawing.standing import draw_criteria
    from tutor.drawing.verdicts import draw_verdicts

    width, charset = console_width(), console_charset(ascii_only)
    print_rows(draw_verdicts(verdicts, width, charset), charset)
    if standing:
        print_rows(draw_criteria(standing, width, charset), charset)


def _write_junit(wish: Wish, verdicts: "Sequence[Verdict]", standing: "Standing | None") -> None:
    if wish.junit:
        from tutor.junit import junit_xml, write_junit

        write_junit(wish.junit, junit_xml(verdicts, standing.criteria if standing else ()))


def _write_script(wish: Wish, verdict: "Verdict", judge: "JudgeClient") -> None:
    """Beside a JSON object it is told on stderr, which is also where it is told that there is none."""
    from tutor.reproducing import write_reproduction

    assert wish.repro is not None
    words, is_written = write_reproduction(wish.repro, verdict, judge.scripts.get(verdict.id))
    is_result = (is_written or verdict.done) and not wish.as_json
    print(words, file=sys.stdout if is_result else sys.stderr)


def _free(repro: Path | None, targets: list[str] | None) -> Path | None:
    """Refused before the check: one exercise or one file, and a name that nothing has."""
    if repro:
        from tutor.reproducing import one_exercise, refuse_taken

        if targets is not None:
            one_exercise(targets)
        refuse_taken(repro)
    return repro


def _standing(workspace: "Workspace") -> "tuple[Standing | None, str | None]":
    """Where the learner stands after the check, or why the record does not tell: verdicts are printed all the same."""
    from progress.record_errors import RecordError
    from tutor.standing import standing_of

    try:
        return standing_of(workspace), None
    except RecordError as error:
        return None, str(error)


def _status_of_criteria(standing: "Standing | None") -> str:
    if standing is None:
        return "unverifiable"
    return "passed" if all(criterion.met for criterion in standing.criteria) else "failed"


def _refuse_together(is_asked: bool, option: str, others: dict[str, bool]) -> None:
    """Two options that mean different checks: neither is quietly left out."""
    from tutor.refusals import Refusal

    for other in [other for other, is_there in others.items() if is_asked and is_there]:
        raise Refusal(f"{option} and {other} do not go together.", "check", f"leave out {option} or {other}")


def _writable(junit: Path | None) -> Path | None:
    """Refused before the check, which may take minutes, rather than after it."""
    if junit:
        from tutor.junit import refuse_unwritable

        refuse_unwritable(junit)
    return junit


def _no_matrix(file: Path) -> Exception:
    from tutor.refusals import Refusal

    thing = "The kill matrix is one of the content, not of a learner's code."
    return Refusal(thing, f"--matrix {file}", f"phase3-tutor check --self --matrix {file}")


def _seconds(timeout: float) -> float:
    from tutor.refusals import Refusal

    if timeout != timeout:  # a range lets "nan" pass
        raise Refusal("The timeout is not a number.", "--timeout", "use 0.1 to 600 seconds")
    return timeout


def _exit_code(statuses: list[str]) -> int:
    """Something that does not hold outweighs something that could not be verified."""
    from tutor.standing import DONE

    if any(status not in (*DONE, "unverifiable") for status in statuses):
        return 1
    return 3 if "unverifiable" in statuses else 0
