"""The command line: every verb of the tutor, and how its endings become exit codes.

0 fine, all that was checked holds; 1 checked and something does not hold; 2 wrong usage or no such thing; 3 could not
be verified here. Results go to stdout, diagnostics to stderr.
"""

import os
import sys

import typer

from tutor.verbs import check, data, demo, learn, runs, show, start, train

app = typer.Typer(
    name="phase3-tutor",
    help="A terminal tutor for the mathematics of neural architectures.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback(invoke_without_command=True)(start.open_app)
app.command()(start.init)
app.command()(start.status)
app.command()(learn.lesson)
app.command()(learn.hint)
app.command()(check.check)
app.command()(train.train)
app.add_typer(runs.app, name="runs")
app.add_typer(show.app, name="show")
app.add_typer(data.app, name="data")
app.command()(demo.demo)

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run one verb; a refusal of any room is told in three lines, never as a traceback."""
    from tutor.refusals import as_refusal

    try:
        app(arguments, prog_name="phase3-tutor")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output is gone, as in `phase3-tutor status | head`; nothing may be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        refusal = as_refusal(error)
        if refusal is None:
            raise
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    return 0
