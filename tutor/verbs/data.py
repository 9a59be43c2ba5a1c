"""`data`: which data sets are here, and how the others are got."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.verbs.options import JsonOption

if TYPE_CHECKING:
    from models.data_store import Progress

app = typer.Typer(help="List, get, import and verify data sets.", no_args_is_help=False)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="digits or cifar10")]


@app.callback(invoke_without_command=True)
def data(context: typer.Context) -> None:
    """Without a verb: list them."""
    if context.invoked_subcommand is None:
        list_all()


@app.command("list")
def list_all(as_json: JsonOption = False) -> None:
    """The data sets of the course, and which are on this machine."""
    import json
    from dataclasses import asdict

    from models.data_store import DataStore

    entries = DataStore().entries()
    if as_json:
        rows = [asdict(entry) | {"examples": dict(entry.examples)} for entry in entries]
        print(json.dumps({"schema": 1, "data": rows}, indent=2))
        return
    for entry in entries:
        where = f"{entry.source}, {entry.size_bytes / 1e6:.1f} MB" if entry.present else entry.next_step
        print(f"{entry.name:9} {'here' if entry.present else 'not here':9} {where}")


@app.command("import")
def import_copy(name: NameArgument, path: Annotated[Path, typer.Argument(metavar="PATH")]) -> None:
    """Take a copy that you have: the official archive, its extracted folder, or images by class (folder or tar)."""
    from models.data_store import DataStore
    from models.datasets.cifar10_import import import_cifar10
    from tutor.refusals import Refusal

    if name != "cifar10":
        DataStore().require(name)
        raise Refusal(f"{name} comes with the tutor; there is nothing to import.", "data import", "train with it")
    _show(import_cifar10(path, DataStore()))
    print(f"cifar10 is in {DataStore().cifar10}. Next: phase3-tutor train cnn --preset full")


@app.command()
def get(name: NameArgument) -> None:
    """Download a data set from where its authors keep it, and check it."""
    from models.data_store import DataStore
    from models.datasets.cifar10_download import get_cifar10
    from tutor.refusals import Refusal

    if name != "cifar10":
        DataStore().require(name)
        raise Refusal(f"{name} comes with the tutor; there is nothing to get.", "data get", "train with it")
    _show(get_cifar10(DataStore()))
    print(f"cifar10 is in {DataStore().cifar10}. Next: phase3-tutor train cnn --preset full")


@app.command()
def verify(name: NameArgument) -> None:
    """Read a data set again and compare every checksum."""
    from models.data_store import DataStore

    _show(DataStore().verify(name))
    print(f"{name} is as it was when it was imported.")


def _show(steps: "Iterable[Progress]") -> None:
    """A bar on a terminal that may be drawn on; elsewhere nothing but the result."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    from tutor.console import is_coloured

    with Bar(console=Console(stderr=True), transient=True, disable=not is_coloured(sys.stderr)) as bar:
        task = bar.add_task("", total=None)
        for step in steps:
            bar.update(task, description=step.doing, completed=step.done, total=step.total or None)
