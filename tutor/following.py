"""Follows a run in a terminal or a pipe. The run is the trainer's: whoever stops looking does not stop it."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from models.coherence_facts import Speech, speech_of
from models.metric import examples_of
from models.metrics import RunCurves
from models.runs import RunConfig, RunDirectory, RunStatus
from tutor.console import console_charset, console_width, is_coloured, print_rows
from tutor.drawing.charset import Charset
from tutor.drawing.coherence import draw_speech, draw_what_it_says
from tutor.drawing.rows import Row, as_text
from tutor.drawing.run_card import draw_run_card
from tutor.drawing.run_curves import draw_run_curves, measures_of, numbers_of
from tutor.recording import record_finished_runs
from tutor.workspace import Workspace

POLL_S = 0.5
PLAIN_EVERY_S = 5.0
CURVE_HEIGHT = 12
_LINES_SAID = 6
ENDED = ("finished", "stopped", "failed", "diverged", "died")


@dataclass(frozen=True)
class Glimpse:
    """What can be seen of a run at one moment."""

    config: RunConfig
    status: RunStatus
    curves: RunCurves
    speech: Speech


def glimpses(run: RunDirectory) -> Iterator[Glimpse]:
    """One now and one at every change, until the run has ended and what it says has been measured."""
    curves = RunCurves(run.metrics)
    before: object = None
    while True:
        while curves.poll() and not curves.caught_up:
            continue
        status = run.status()
        glimpse = Glimpse(config := run.config(), status, curves, speech_of(run, config, status))
        if (status, curves.last_step, glimpse.speech) != before:
            yield glimpse
        before = (status, curves.last_step, glimpse.speech)
        if status.state in ENDED and glimpse.speech.is_measured:
            return
        time.sleep(POLL_S)


def follow(workspace: Workspace, run: RunDirectory, ascii_only: bool = False) -> RunStatus:
    """Show the run until it ends or the reader leaves by Ctrl-C; then say how to see it again."""
    charset = console_charset(ascii_only)
    show = _follow_live if is_coloured() and not ascii_only else _follow_plainly
    try:
        last = show(run, charset)
    except KeyboardInterrupt:
        print(f"\n{run.id} goes on. See it: phase3-tutor runs follow {run.id}", file=sys.stderr)
        return run.status()
    notice = record_finished_runs(workspace, [run])
    if notice:
        print(notice, file=sys.stderr)
    return last


def draw_glimpse(glimpse: Glimpse, width: int, charset: Charset) -> list[Row]:
    """Loss and accuracy side by side, then the card; of a character model the beginning of what it says."""
    curves, status = glimpse.curves, glimpse.status
    speech = draw_speech(glimpse.speech, width, charset)
    names = measures_of(glimpse.config)
    rows = draw_run_curves(curves, status.total_steps, width, CURVE_HEIGHT, charset, names=names)
    return [
        *rows,
        [],
        *draw_run_card(glimpse.config, status, numbers_of(curves), width, time.time(), charset, speech),
        *([[], *said] if (said := draw_what_it_says(glimpse.speech.facts, width, _LINES_SAID)) else []),
    ]


def _follow_live(run: RunDirectory, charset: Charset) -> RunStatus:
    """Redrawn in place by rich; the last picture stays on the terminal."""
    from rich.live import Live

    status = run.status()
    with Live(auto_refresh=False, transient=False) as live:
        for glimpse in glimpses(run):
            status = glimpse.status
            live.update(as_text(draw_glimpse(glimpse, console_width() - 1, charset)), refresh=True)
    return status


def _follow_plainly(run: RunDirectory, charset: Charset) -> RunStatus:
    """A line every few seconds, then the whole picture once: for pipes, logs and screen readers."""
    said, last = -PLAIN_EVERY_S, None
    for glimpse in glimpses(run):
        last = glimpse
        if time.monotonic() - said >= PLAIN_EVERY_S:
            print(_one_line(glimpse), flush=True)
            said = time.monotonic()
    assert last is not None
    print_rows(draw_glimpse(last, console_width(), charset), charset)
    return last.status


def _one_line(glimpse: Glimpse) -> str:
    numbers, status = numbers_of(glimpse.curves), glimpse.status
    words = [f"{status.state} step {status.step}/{status.total_steps or '?'}"]
    for name, value, form in (
        ("loss", numbers.train_loss, "{:.3f}"),
        ("held out", numbers.held_out_accuracy, "{:.1%}"),
        ("held-out loss", None if numbers.held_out_accuracy is not None else numbers.held_out_loss, "{:.3f}"),
        (f"{examples_of(glimpse.config.settings)}/s", status.examples_per_s, "{:.0f}"),
        ("seconds left", status.seconds_left, "{:.0f}"),
    ):
        words += [f"{name} {form.format(value)}"] if value is not None else []
    return "  ".join(words)
