"""Options that several verbs share."""

from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", help="Your folder; else PHASE3_WORKSPACE, else ~/phase3.", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
AsciiOption = Annotated[bool, typer.Option("--ascii", help="Draw with ASCII only.")]
HIGHEST_SEED = 2**31 - 1  # the seeds that a check draws for itself end there too
