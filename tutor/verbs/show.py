"""`show`: pictures of a run in plain text."""

from typing import Annotated

import typer

from tutor.verbs.options import AsciiOption, WorkspaceOption

app = typer.Typer(help="Draw what a trained net does: features.", no_args_is_help=True)


@app.callback()
def show() -> None:
    """Draw what a trained net does."""


@app.command()
def features(
    run: Annotated[str, typer.Argument(metavar="RUN", help='Its name, a unique beginning of it, or "last".')],
    image: Annotated[int, typer.Option(min=0, help="Which held-out image.")] = 0,
    channels: Annotated[int, typer.Option(min=1, max=64, help="How many channels of each stage.")] = 4,
    workspace: WorkspaceOption = None,
    ascii: AsciiOption = False,
) -> None:
    """The feature maps of the trained net, at every stage, for one image."""
    import asyncio

    from models.runs import find_run
    from tutor.console import console_charset, console_width, print_rows
    from tutor.drawing.feature_pages import draw_every_stage
    from tutor.feature_question import ask_for_features
    from tutor.workspace import open_workspace

    found = find_run(open_workspace(workspace).runs, run)
    seen = asyncio.run(ask_for_features(found, image, channels))
    charset = console_charset(ascii)
    print_rows(draw_every_stage(seen, console_width(), charset), charset)
