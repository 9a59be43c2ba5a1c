"""`check`: verify exercises, units, criteria or all of it; `check --self`: the checker checks itself."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lessons.checking.verdict import TIME_LIMIT_S
from tutor.verbs.options import HIGHEST_SEED, AsciiOption, JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from tutor.standing import Standing
    from tutor.workspace import Workspace


def check(
    targets: Annotated[list[str] | None, typer.Argument(metavar="[TARGET]...", show_default=False)] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Do not write what was seen into the record.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds for one exercise.", min=0.1, max=600)] = TIME_LIMIT_S,
    seed: Annotated[int | None, typer.Option(help="Repeat an attempt: its seed is in the result.", min=0,
                                             max=HIGHEST_SEED, show_default=False)] = None,
    self_check: Annotated[bool, typer.Option("--self", help="Check the checker: every stub, reference, mistake and "
                                             "variant.")] = False,
    matrix: Annotated[Path | None, typer.Option(metavar="FILE", help="With --self: write the kill matrix there, as "
                                                "Markdown.", show_default=False)] = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Check exercises (cnn/conv2d), units (cnn), `criteria`, or everything."""
    import asyncio
    import json

    if self_check:
        from tutor.self_checking import check_the_checker

        raise typer.Exit(asyncio.run(check_the_checker(targets or [], as_json, matrix)))
    if matrix is not None:
        raise _no_matrix(matrix)
    from tutor.checking import check_all, targeted
    from tutor.console import console_charset, console_width, print_rows
    from tutor.contract import check_object
    from tutor.drawing.standing import draw_criteria
    from tutor.drawing.verdicts import draw_verdicts
    from tutor.workspace import open_workspace

    here, wanted = open_workspace(workspace), targeted(targets or [])
    verdicts, notice = asyncio.run(check_all(here, wanted, seed, _seconds(timeout), record=not no_record))
    standing, unread = _standing(here)
    width, charset = console_width(), console_charset(ascii)
    if as_json:
        print(json.dumps(check_object(here, verdicts, standing), indent=2))
    else:
        print_rows(draw_verdicts(verdicts, width, charset), charset)
    if wanted.criteria and standing and not as_json:
        print_rows(draw_criteria(standing, width, charset), charset)
    if notice or unread:
        print(notice or unread, file=sys.stderr)
    statuses = [verdict.status for verdict in verdicts]
    if wanted.criteria:
        statuses.append(_status_of_criteria(standing))
    raise typer.Exit(_exit_code(statuses))


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
