"""`demo`: the whole path without a key press, in a workspace that is thrown away."""

from pathlib import Path
from typing import Annotated

import typer

from tutor.verbs.options import AsciiOption


def demo(
    keep: Annotated[Path | None, typer.Option(metavar="DIR", help="Make the workspace there and keep it.",
                                              show_default=False)] = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """See it all in two minutes: a check, a mistake that gets named, a training run, feature maps."""
    from tutor.demonstration import demonstrate

    raise typer.Exit(demonstrate(keep, ascii))
