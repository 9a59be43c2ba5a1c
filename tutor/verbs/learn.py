"""Lessons, hints and solutions in plain text, and the way back to a stub."""

import sys
from typing import Annotated

import typer

from tutor.verbs.options import AsciiOption, WorkspaceOption


def lesson(
    lesson_id: Annotated[str | None, typer.Argument(metavar="[LESSON]", show_default=False)] = None,
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Leave the figure out; some take seconds.")] = False,
    workspace: WorkspaceOption = None,
    ascii: AsciiOption = False,
) -> None:
    """List the lessons, or show one."""
    from lessons.catalog import curriculum
    from tutor.console import console_charset, console_width, print_rows
    from tutor.drawing.lesson import draw_lesson
    from tutor.figures.registry import figure_of
    from tutor.lesson_asking import figure_rows, settle_figure, variants_of
    from tutor.refusals import find_lesson
    from tutor.workspace import workspace_at

    if lesson_id is None:
        for each in curriculum().lessons:
            print(f"{each.id:24}  {each.title}")
        return
    found, width, charset = find_lesson(lesson_id), console_width(), console_charset(ascii)
    asked_for = workspace_at(workspace)
    here = asked_for if asked_for.is_made else None
    figure = None if no_figures else figure_of(found.figure, here.root if here else None)
    if figure is not None:
        settle_figure(figure)
    rows = figure_rows(figure, width, charset) if figure else []
    print_rows(draw_lesson(found, rows, variants_of(found, here), width, charset), charset)


def hint(exercise_id: Annotated[str, typer.Argument(metavar="EXERCISE")], workspace: WorkspaceOption = None) -> None:
    """Show the next hint of an exercise; each call goes one step further."""
    from tutor.hints import next_hint
    from tutor.refusals import find_exercise
    from tutor.workspace import open_workspace

    exercise = find_exercise(exercise_id)
    step = next_hint(open_workspace(workspace), exercise)
    print(f"Hint {step.number} of {step.of}: {step.text}")
    if step.notice:
        print(step.notice, file=sys.stderr)


def solution(
    exercise_id: Annotated[str, typer.Argument(metavar="EXERCISE")],
    give_up: Annotated[bool, typer.Option("--give-up", help="See it before the exercise has passed; this is "
                                          "recorded, and it counts only when solved anew on a later day.")] = False,
    workspace: WorkspaceOption = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Show the solution of an exercise that has passed, or that you give up."""
    from tutor.console import console_charset, console_width, print_rows
    from tutor.drawing.rows import WARN, wrap
    from tutor.drawing.solution import draw_solution
    from tutor.refusals import find_exercise
    from tutor.solutions import solution_for
    from tutor.workspace import open_workspace

    exercise = find_exercise(exercise_id)
    found = solution_for(open_workspace(workspace), exercise, give_up)
    width, charset = console_width(), console_charset(ascii)
    if found.price:
        print_rows([*wrap(found.price, width, WARN), []], charset)
    print_rows(draw_solution(exercise, found.source, found.given_up_at, width, charset), charset)


def reset(exercise_id: Annotated[str, typer.Argument(metavar="EXERCISE")], workspace: WorkspaceOption = None) -> None:
    """Put the stub of an exercise back; what you wrote is kept beside it."""
    from tutor.refusals import find_exercise
    from tutor.resetting import reset_exercise
    from tutor.workspace import open_workspace

    exercise = find_exercise(exercise_id)
    done = reset_exercise(open_workspace(workspace), exercise)
    print(f"{done.file} is the stub{' again' if done.changed else ': nothing was changed'}.")
    if done.backup:
        print(f"What you wrote is kept in {done.backup}")
    if done.notice:
        print(done.notice, file=sys.stderr)
