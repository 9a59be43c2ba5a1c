"""`check`: verify exercises, units, criteria or all of it; `check --self`: the checker checks itself."""

import asyncio
import json
import sys
from typing import Annotated

import typer

from tutor.verbs.options import AsciiOption, JsonOption, WorkspaceOption


def check(
    targets: Annotated[list[str] | None, typer.Argument(metavar="[TARGET]...", show_default=False)] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Do not write what was seen into the record.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds for one exercise.", min=0.1, max=600)] = 10.0,
    seed: Annotated[int | None, typer.Option(help="Repeat an attempt: its seed is in the result.", min=0)] = None,
    self_check: Annotated[bool, typer.Option("--self", help="Check the checker: every stub, reference, mistake and "
                                             "variant.")] = False,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Check exercises (cnn/conv2d), units (cnn), `criteria`, or everything."""
    if self_check:
        from tutor.self_checking import check_the_checker

        raise typer.Exit(asyncio.run(check_the_checker(targets or [], as_json)))
    from tutor.checking import check_all, targeted
    from tutor.contract import check_object
    from tutor.standing import standing_of
    from tutor.workspace import open_workspace

    here = open_workspace(workspace)
    wanted = targeted(targets or [])
    verdicts, notice = asyncio.run(check_all(here, wanted, seed=seed, timeout_s=timeout, record=not no_record))
    standing = standing_of(here)
    if as_json:
        print(json.dumps(check_object(standing, verdicts), indent=2))
    else:
        from tutor.console import console_charset, console_width, print_rows
        from tutor.drawing.standing import draw_criteria
        from tutor.drawing.verdicts import draw_verdicts

        width, charset = console_width(), console_charset(ascii)
        print_rows(draw_verdicts(verdicts, width, charset))
        if wanted.criteria:
            print_rows(draw_criteria(standing, width, charset))
    if notice:
        print(notice, file=sys.stderr)
    unmet = wanted.criteria and not all(criterion.met for criterion in standing.criteria)
    raise typer.Exit(_exit_code([verdict.status for verdict in verdicts], unmet))


def _exit_code(statuses: list[str], unmet: bool) -> int:
    """Something that does not hold outweighs something that could not be verified."""
    from tutor.standing import DONE

    if unmet or any(status not in (*DONE, "unverifiable") for status in statuses):
        return 1
    return 3 if "unverifiable" in statuses else 0
