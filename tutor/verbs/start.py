"""The first verbs: open the app, make a workspace, see where one stands."""

import json
import os
import shlex
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from tutor.verbs.options import AsciiOption, JsonOption, WorkspaceOption


def open_app(context: typer.Context, workspace: WorkspaceOption = None, ascii: AsciiOption = False) -> None:
    """A terminal tutor for the mathematics of neural architectures. Without a verb it opens the app."""
    if context.invoked_subcommand is not None:
        _refuse_options_before(context.invoked_subcommand, workspace, ascii)
        return
    if not terminal_is_usable():
        verbs = "status, check, lesson, train, runs, show, data, demo"
        print(f"phase3-tutor needs a terminal to open its app; without one use: {verbs}", file=sys.stderr)
        raise typer.Exit(2)
    from tutor.app import TutorApp
    from tutor.workspace import workspace_at

    tutor = TutorApp(workspace_at(workspace), ascii=ascii)
    tutor.run()
    _end(tutor.return_code or 0)


def _end(exit_code: int) -> NoReturn:
    """End at once. The screen is given back and the children are closed by now; but when a terminal goes away, the
    thread in which Textual reads its keys may live on at full speed, and Python would wait for it for ever."""
    sys.stdout.flush()
    os._exit(exit_code)


def _refuse_options_before(verb: str, workspace: Path | None, ascii: bool) -> None:
    """They belong to the app; a verb would not see them and would work in another folder without a word."""
    from tutor.refusals import Refusal

    if workspace is not None or ascii:
        option = "--workspace DIR" if workspace is not None else "--ascii"
        thing = f"An option before {verb} does not reach it."
        raise Refusal(thing, "the command line", f"write it behind: phase3-tutor {verb} ... {option}")


def terminal_is_usable() -> bool:
    """Textual draws on stderr and reads stdin; without a real terminal behind both it would wait for ever."""
    return sys.stdin.isatty() and sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def init(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", show_default=False)] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Make a workspace with a stub for every exercise. A file that is there is never touched."""
    from tutor.workspace import init_workspace, workspace_at

    made = init_workspace(workspace_at(folder or workspace).root)
    for file in made.created:
        print(f"made  {file}")
    for file in made.kept:
        print(f"kept  {file}  (it was there; not touched)")
    print(f"Your workspace is {made.workspace.root}")
    print(f"Next: {_with_workspace('phase3-tutor', made.workspace.root)}")


def status(workspace: WorkspaceOption = None, as_json: JsonOption = False, ascii: AsciiOption = False) -> None:
    """Where you stand and what is next. Reads what `check` recorded; runs nothing."""
    from tutor.standing import standing_of
    from tutor.workspace import open_workspace

    standing = standing_of(open_workspace(workspace))
    if as_json:
        from tutor.contract import status_object

        print(json.dumps(status_object(standing), indent=2))
        return
    from tutor.console import console_charset, console_width, print_rows
    from tutor.drawing.standing import draw_standing

    charset = console_charset(ascii)
    print_rows(draw_standing(standing, console_width(), charset), charset)


def _with_workspace(command: str, root: Path) -> str:
    from tutor.workspace import workspace_at

    return command if workspace_at(None).root == root else f"{command} --workspace {shlex.quote(str(root))}"
