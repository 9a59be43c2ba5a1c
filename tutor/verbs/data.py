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
_PROJECTS = {"cifar10": "cnn", "shakespeare": "rnn", "multi30k": "transformer"}
NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="digits, cifar10, plays, shakespeare, number-words or multi30k")
]


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
        where = f"{entry.source}, {_size(entry.size_bytes)}" if entry.present else entry.next_step
        print(f"{entry.name:12} {'here' if entry.present else 'not here':9} {where}")


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes >= 50_000 else f"{size_bytes / 1e3:.0f} kB"


@app.command("import")
def import_copy(name: NameArgument, path: Annotated[Path, typer.Argument(metavar="PATH")]) -> None:
    """Take a copy that you have: of cifar10 the archive, its folder or images by class; of shakespeare a text file;
    of multi30k the folder with its files.
    """
    from models.data_store import DataStore
    from models.datasets.cifar10_import import import_cifar10
    from models.multi30k_import import import_multi30k
    from models.shakespeare_file import import_shakespeare

    taking = {"cifar10": import_cifar10, "shakespeare": import_shakespeare, "multi30k": import_multi30k}
    if name not in taking:
        _refuse_what_is_here(name, "import")
    _show(taking[name](path, DataStore()))
    _say_where(name)


@app.command()
def get(name: NameArgument) -> None:
    """Download a data set from where its authors keep it, and check it."""
    from models.data_store import DataStore
    from models.datasets.cifar10_download import get_cifar10
    from models.shakespeare_download import get_shakespeare

    getting = {"cifar10": get_cifar10, "shakespeare": get_shakespeare}
    if name not in getting:
        _refuse_what_is_here(name, "get")
    _show(getting[name](DataStore()))
    _say_where(name)


@app.command()
def verify(name: NameArgument) -> None:
    """Read a data set again and compare every checksum."""
    from models.data_store import DataStore

    _show(DataStore().verify(name))
    entry = DataStore().require(name)
    told = "as it was when it was imported" if name == "cifar10" else f"{entry.source}, {entry.checksum}"
    print(f"{name} is {told}.")


def _refuse_what_is_here(name: str, verb: str) -> None:
    from models.data_store import DataStore
    from models.multi30k_file import ADVICE
    from tutor.refusals import Refusal

    if name == "multi30k":
        raise Refusal("multi30k is not downloaded: its sentences are for research use.", f"data {verb}", ADVICE)
    DataStore().require(name)
    raise Refusal(f"{name} comes with the tutor; there is nothing to {verb}.", f"data {verb}", "train with it")


def _say_where(name: str) -> None:
    from models.data_store import DataStore

    entry, project = DataStore().require(name), _PROJECTS[name]
    print(f"{name} is in {entry.place}: {entry.source}. Next: phase3-tutor train {project} --preset full")


def _show(steps: "Iterable[Progress]") -> None:
    """A bar on a terminal that may be drawn on; elsewhere nothing but the result."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    from tutor.console import is_coloured

    with Bar(console=Console(stderr=True), transient=True, disable=not is_coloured(sys.stderr)) as bar:
        task = bar.add_task("", total=None)
        for step in steps:
            bar.update(task, description=step.doing, completed=step.done, total=step.total or None)
