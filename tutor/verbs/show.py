"""`show`: pictures of a run in plain text, and as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.verbs.options import AsciiOption, WorkspaceOption

if TYPE_CHECKING:
    from models.runs import RunDirectory
    from tutor.pictures.picture import Picture, View


def show(
    kind: Annotated[str | None, typer.Argument(metavar="[KIND]", show_default=False)] = None,
    run: Annotated[str | None, typer.Argument(metavar="[RUN]", help='Its name, a unique beginning of it, or "last".',
                                              show_default=False)] = None,
    image: Annotated[int, typer.Option(min=0, help="Which held-out image.")] = 0,
    channels: Annotated[int, typer.Option(min=1, max=64, help="How many channels of each stage.")] = 4,
    first: Annotated[int, typer.Option(min=0, help="How many to pass over of a long list.")] = 0,
    text: Annotated[str, typer.Option(help="What a character model reads, in place of held-out text.",
                                      show_default=False)] = "",
    layer: Annotated[int, typer.Option(min=0, help="Which recurrent layer, from 0.")] = 0,
    gate: Annotated[str, typer.Option(help="Which gate or state: i f g o c h, of a GRU r z n h.", show_default=False)]
    = "",
    sort: Annotated[bool, typer.Option("--sort", help="Units by how much they tell of the text.")] = False,
    unit: Annotated[int, typer.Option(min=-1, help="Which unit to draw over the text; of gates, all gates of it.",
                                      show_default=False)] = -1,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Write the picture as an image too.",
                                             show_default=False)] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write its numbers as a table too.",
                                             show_default=False)] = None,
    workspace: WorkspaceOption = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Draw what a trained net does; without KIND, say which pictures there are."""
    import asyncio
    from dataclasses import replace

    from tutor.console import console_charset, console_width, print_rows
    from tutor.drawing.charset import UNICODE
    from tutor.exporting import write_csv, write_svg
    from tutor.pictures.asking import ask_for
    from tutor.pictures.picture import View
    from tutor.pictures.registry import find_picture, refuse_another_project

    if kind is None:
        _list_kinds()
        return
    picture, width = find_picture(kind), console_width()
    view = View(image, channels, first, text, layer, gate, sort, unit)
    found = _run_named(run, workspace)
    refuse_another_project(kind, found)
    _refuse_other_options(picture, view, kind)
    answer = asyncio.run(ask_for(picture, found, view))
    charset = console_charset(ascii)
    print_rows(picture.draw(answer, width, charset), charset)
    if svg:
        colours = charset if ascii else replace(UNICODE, shading="colour")
        write_svg(svg, picture.draw(answer, width, colours), f"{kind} of {found.id}")
    if csv:
        write_csv(csv, picture.table(answer))


def _list_kinds() -> None:
    from tutor.pictures.registry import find_picture, picture_kinds

    for kind in picture_kinds():
        print(f"{kind:12}  {find_picture(kind).sentence}")


def _run_named(name: str | None, workspace: Path | None) -> "RunDirectory":
    from models.runs import find_run
    from tutor.refusals import Refusal
    from tutor.workspace import open_workspace

    if name is None:
        raise Refusal("Of which run?", "show KIND RUN", 'name it, or say "last"; phase3-tutor runs lists them')
    return find_run(open_workspace(workspace).runs, name)


def _refuse_other_options(picture: "Picture", view: "View", kind: str) -> None:
    """An option that changes nothing in this picture would be misread as one that did."""
    from dataclasses import fields

    from tutor.refusals import Refusal

    changed = [field.name for field in fields(view) if getattr(view, field.name) != field.default]
    for name in changed:
        if name not in picture.options:
            takes = ", ".join(f"--{option}" for option in sorted(picture.options)) or "no option of this kind"
            raise Refusal(f"The picture {kind} does not depend on --{name}.", f"show {kind}", f"it takes {takes}")
