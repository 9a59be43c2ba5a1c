"""Writes what was drawn to a file: as an image that any browser shows, as numbers for a spreadsheet, or as text."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from models.atomic_file import replace_file
from tutor.drawing.rows import Row, as_text, cells
from tutor.pictures.picture import Table
from tutor.refusals import Refusal


def write_svg(file: Path, rows: Sequence[Row], title: str) -> None:
    """The rows as they look in a terminal of their width, in one SVG file that needs nothing else."""
    _write(file, lambda: _svg(rows, title))


def write_csv(file: Path, table: Table) -> None:
    """The table with one heading line, comma-separated, UTF-8."""
    _write(file, lambda: _csv(table))


def write_text(file: Path, text: str) -> None:
    """The text as it is, UTF-8."""
    _write(file, lambda: text)


def _svg(rows: Sequence[Row], title: str) -> str:
    from rich.console import Console

    width = max((cells(row) for row in rows), default=1)
    console = Console(record=True, file=io.StringIO(), width=width, force_terminal=True, color_system="truecolor")
    console.print(as_text(rows), soft_wrap=True)
    return console.export_svg(title=title)


def _csv(table: Table) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.headings)
    writer.writerows(table.rows)
    return text.getvalue()


def _write(file: Path, made: Callable[[], str]) -> None:
    if file.is_dir() or not file.absolute().parent.is_dir():
        thing = f"{file.name or file} cannot be written there."
        raise Refusal(thing, str(file), "name a file in a folder that is there")
    try:
        replace_file(file, made().encode())
    except OSError as error:
        thing = f"The file cannot be written: {error.strerror or error}."
        raise Refusal(thing, str(file), "name a file that may be written") from error
