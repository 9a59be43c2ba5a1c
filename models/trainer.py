"""The trainer child: trains one run, in a process of its own that outlives the app and the terminal."""

import os
import sys
import traceback
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any

from filelock import Timeout

from models.data_store import DataMissing
from models.failure_words import words_for
from models.limited_output import LimitedOutput
from models.run_config import RunConfig
from models.run_directory import RunDirectory
from models.run_errors import RunError, RunUnreadable
from models.run_status import RunStatus
from models.status_board import StatusBoard
from models.stop_signals import StopNow, StopSignals

NICENESS = 10
FINE, FAILED, WRONG_USAGE, NOT_POSSIBLE_HERE, INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: list[str]) -> int:
    """Train the run in the folder that is the one argument; goes on from its checkpoint if it has one."""
    if len(arguments) != 1:
        print("usage: --child trainer RUN_DIRECTORY", file=sys.stderr)
        return WRONG_USAGE
    run = RunDirectory(Path(arguments[0]).resolve())
    try:
        config = run.config()
        if _is_a_helper():
            return _train_alone(run, config, speaks=False)
        with run.lock():
            return _train_alone(run, config, speaks=True)
    except RunError as error:
        print(error, file=sys.stderr)
    except Timeout:
        print(f"Run {run.id} is being trained already; follow it instead.", file=sys.stderr)
    except OSError as error:
        print(f"The folder of run {run.id} cannot be written to: {error}.", file=sys.stderr)
    return WRONG_USAGE


def _is_a_helper() -> bool:
    """Whether `torchrun` started this process beside the one that has the run's folder to itself."""
    return int(os.environ.get("RANK", "0")) > 0


def _train_alone(run: RunDirectory, config: RunConfig, speaks: bool) -> int:
    signals = StopSignals()
    signals.install()
    _stand_back()
    recorded = _recorded(run)
    if recorded.state == "finished":
        return FINE
    board = StatusBoard(run, config.total_steps, speaks)
    board.post(
        now=True,
        step=recorded.step,
        held_out=recorded.held_out,
        message="loading torch, the data and the net",
    )
    out: Any = LimitedOutput(sys.stdout)
    try:
        with redirect_stdout(out):
            return _train(run, config, board, signals)
    except StopNow:
        board.post(now=True, state="stopped", message="stopped at once; a resumed run goes on from its checkpoint")
        return INTERRUPTED
    except BaseException as error:  # a learner's code may raise anything, SystemExit too
        board.log("".join(traceback.format_exception(error)))
        if not speaks:
            traceback.print_exception(error)
        board.post(now=True, state="failed", seconds_left=None, message=words_for(error, run.modules))
        return NOT_POSSIBLE_HERE if isinstance(error, DataMissing) else FAILED


def _train(run: RunDirectory, config: RunConfig, board: StatusBoard, signals: StopSignals) -> int:
    # A thread that waits for its neighbour sleeps. By default it spins, which beside any other busy program takes
    # most of the speed (measured on two busy cores: 33 to 125 images a second instead of 345); same numbers.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    # Only now: torch takes seconds to import, and by then the status says that somebody is at work.
    from models.placement import part
    from models.text_measuring import measure_text
    from models.training_session import TrainingSession

    session = TrainingSession(run, config, board, signals)
    state = session.train()
    part()
    if state == "finished":
        measure_text(session)
    return FINE if state in ("finished", "stopped") else FAILED


def _recorded(run: RunDirectory) -> RunStatus:
    try:
        return run.status()
    except RunUnreadable:  # it is about to be written anew
        return RunStatus(state="created")


def _stand_back() -> None:
    """Give way to the screen in time, and go first when memory runs out."""
    os.nice(max(0, NICENESS - os.nice(0)))
    with suppress(OSError):  # not Linux, or not allowed: only a preference
        Path("/proc/self/oom_score_adj").write_text("500")
