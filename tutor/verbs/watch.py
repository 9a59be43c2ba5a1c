"""`watch`: check again whatever is saved, until Ctrl-C."""

from typing import Annotated

import typer

from tutor.verbs.options import AsciiOption, WorkspaceOption


def watch(
    targets: Annotated[list[str] | None, typer.Argument(metavar="[TARGET]...", show_default=False)] = None,
    workspace: WorkspaceOption = None,
    poll: Annotated[bool, typer.Option("--poll", help="Look at the files instead of waiting for events.")] = False,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Check exercises (cnn/conv2d) or units (cnn), by default all, each time that you save them; Ctrl-C ends it."""
    import asyncio

    from tutor.save_checking import SaveChecking, watchable
    from tutor.workspace import open_workspace

    here, exercises = open_workspace(workspace), watchable(targets or [])
    checking = SaveChecking(here, exercises, poll, ascii)
    try:
        asyncio.run(checking.run(at_once=bool(targets)))
    except KeyboardInterrupt:
        print("\nNo longer watching.")
