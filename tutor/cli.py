"""The command line: every verb of the tutor, and how its endings become exit codes.

0 fine, all that was checked holds; 1 checked and something does not hold; 2 wrong usage or no such thing; 3 could not
be verified here. Results go to stdout, diagnostics to stderr.
"""

import io
import os
import sys

import typer

from tutor.verbs import (
    check,
    course,
    data,
    demo,
    learn,
    new,
    predict,
    quiz,
    runs,
    sample,
    show,
    start,
    train,
    translate,
    watch,
)

app = typer.Typer(
    name="phase3-tutor",
    help="A terminal tutor for the mathematics of neural architectures.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help and usage errors without boxes: readable in a pipe and in plain ASCII
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback(invoke_without_command=True)(start.open_app)
app.command()(start.init)
app.command()(start.status)
app.command()(learn.lesson)
app.command()(quiz.quiz)
app.command()(learn.hint)
app.command()(learn.solution)
app.command()(learn.reset)
app.command()(check.check)
app.command()(watch.watch)
app.command()(train.train)
app.command()(predict.predict)
app.add_typer(runs.app, name="runs")
app.command()(show.show)
app.command()(sample.sample)
app.command()(translate.translate)
app.add_typer(data.app, name="data")
app.command()(course.course)
app.command()(demo.demo)
app.add_typer(new.app, name="new")

INTERRUPTED, UNREAD = 130, 141  # what a shell reports of a program that SIGINT or SIGPIPE ended


def main(arguments: list[str]) -> int:
    """Run one verb and return its exit code. A reader who leaves early, as `head` does, ends it without a word."""
    _show_what_cannot_be_encoded()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing may be flushed at exit
        return UNREAD
    return code


def _run(arguments: list[str]) -> int:
    """A refusal of any room is told in three lines, never as a traceback."""
    from tutor.refusals import as_refusal

    try:
        app(arguments, prog_name="phase3-tutor")
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # typer makes an exit of it
            raise end.__context__ from None
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        refusal = as_refusal(error)
        if refusal is None:
            raise
        from tutor.drawing.printable import printable

        print(printable(str(refusal)), file=sys.stderr)  # a file name or a child's words may hold anything
        return refusal.exit_code
    return 0


def _show_what_cannot_be_encoded() -> None:
    """A sign that the reader's encoding lacks, or a file name that is no text, is spelt out; it is no error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
