"""`course`: every line of the course, and where it stands in the tutor."""

from pathlib import Path
from typing import Annotated

import typer

from tutor.verbs.options import AsciiOption


def course(
    markdown: Annotated[Path | None, typer.Option("--markdown", metavar="FILE", show_default=False,
                                                  help="Write the map as a page instead.")] = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Say for every line of the course which lesson, exercise, picture or criterion meets it."""
    from tutor.console import console_charset, console_width, print_rows
    from tutor.course_places import COMMANDS, placed_course
    from tutor.drawing.course_page import course_page, draw_course
    from tutor.exporting import write_text

    if markdown is not None:
        write_text(markdown, course_page(placed_course()))
        print(f"Written: {markdown}")
        return
    print_rows(draw_course(placed_course(), COMMANDS, console_width()), console_charset(ascii))
