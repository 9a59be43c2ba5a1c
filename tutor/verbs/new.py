"""`new`: for authors, who work in a clone of the repository."""

from typing import Annotated

import typer

app = typer.Typer(help="For authors: begin a new exercise.", no_args_is_help=True)


@app.callback()
def new() -> None:
    """For authors: begin a new exercise."""


@app.command()
def exercise(
    exercise_id: Annotated[str, typer.Argument(metavar="UNIT/NAME", help="As in cnn/global_average_pool.")],
) -> None:
    """Make the folder, the row and the reference's module of a new exercise, with what has to be filled in."""
    from lessons.authoring.scaffold import new_exercise

    made = new_exercise(exercise_id)
    for path in made.created:
        print(f"made     {path}")
    print(f"changed  {made.changed}")
    print(
        f"Next: phase3-tutor check --self {made.exercise_id}   (says what is to be filled in, and then what is wrong)"
    )
    print("How:  docs/authoring.md")
