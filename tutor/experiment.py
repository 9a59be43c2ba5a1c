"""A predicted experiment: the plain and the ablated net under the same seeds, trained one after the other."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from models.ablation_arms import is_same_experiment
from models.prediction import Prediction
from models.runs import RunConfig, RunDirectory, RunError, RunStatus, list_runs
from tutor.following import ENDED, follow
from tutor.predicting import no_words, prediction_in, refuse_other_words, seal, standing_prediction
from tutor.refusals import Refusal
from tutor.trainer_client import describe_run, lay_out, resume_run
from tutor.workspace import Workspace

DONE = ("finished", "diverged")  # the same seed would diverge again: that is its result
_LIKED = ("finished", "diverged", "running", "stopped", "died", "created", "failed")  # of several runs, the first such


@dataclass(frozen=True)
class Wish:
    """What is to be trained, beside each other."""

    project: str
    ablation: str
    preset: str = "quick"
    changes: tuple[tuple[str, str], ...] = ()
    seeds: int = 3
    device: str = "cpu"
    threads: int = 0


def lay_out_experiment(workspace: Workspace, wish: Wish, prediction: Prediction | None) -> list[RunDirectory]:
    """Seal the prediction for every seed, then have a run for each seed and arm: those that are there, or new ones.

    Everything is laid out before anything is trained, so that an edit meanwhile does not part the arms. Plain and
    ablated take turns, so that what is broken off holds pairs. Without a prediction the one that was sealed counts.
    """
    plain, ablated = (_described(workspace, wish, ablations) for ablations in ((), (wish.ablation,)))
    prediction = _prediction(workspace, wish, ablated, prediction)
    known = _known_runs(workspace)
    pairs = []
    for seed in range(wish.seeds):
        config = replace(ablated, seed=seed)
        there = _run_of(config, known)
        if there is None:
            there = lay_out(workspace, config, prediction)
        else:
            seal(workspace, replace(config, id=there.id), prediction)
        pairs.append((replace(plain, seed=seed), there))
    return [run for config, there in pairs for run in (_run_of(config, known) or lay_out(workspace, config), there)]


def train_in_turn(
    workspace: Workspace, runs: Sequence[RunDirectory], again: str, ascii_only: bool, say: Callable[[str], None]
) -> bool:
    """Train and follow each run that has no result; whether all have one. `again` is the command that goes on."""
    with _alone(workspace):
        for number, run in enumerate(runs, 1):
            state = run.status().state
            if state in DONE:
                continue
            if state != "running" and not run.is_alive():
                resume_run(run)
            config = run.config()
            arm = " ".join(config.ablations) or "plain"
            say(f"Run {number} of {len(runs)}: {run.id}, {arm}, seed {config.seed}")
            status = follow(workspace, run, ascii_only)
            if status.state not in DONE:
                say(_why_it_stops(run, status, again))
                return False
    return True


def train_in_background(workspace: Workspace, again: Sequence[str], log: Path) -> None:
    """The same in a session of its own: this very verb, without a terminal."""
    with log.open("ab") as file:
        subprocess.Popen(
            [sys.executable, "-P", "-m", "phase3_tutor", *again],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            cwd=workspace.root,
        )


def refuse_a_second_one(workspace: Workspace) -> None:
    """Refused while another of these is at work in this workspace."""
    with _alone(workspace):
        return


def _described(workspace: Workspace, wish: Wish, ablations: Sequence[str]) -> RunConfig:
    changes = dict(wish.changes)
    return describe_run(
        workspace, wish.project, wish.preset, changes, 0, wish.device, ablations=ablations, threads=wish.threads
    )


def _prediction(workspace: Workspace, wish: Wish, ablated: RunConfig, said: Prediction | None) -> Prediction:
    """What is said now, if it is what was sealed; what was sealed, if nothing is said now."""
    standing = standing_prediction(workspace, ablated)
    if standing is None:
        if said is None:
            raise no_words(wish.project, wish.ablation)
        return said
    if said is not None:
        refuse_other_words(standing, said)
    return prediction_in(standing)


def _known_runs(workspace: Workspace) -> list[tuple[RunDirectory, RunConfig, str]]:
    """Every run that can be read, newest first, with its state."""
    known = []
    for run in list_runs(workspace.runs):
        with suppress(RunError):
            known.append((run, run.config(), run.status().state))
    return known


def _run_of(config: RunConfig, known: Sequence[tuple[RunDirectory, RunConfig, str]]) -> RunDirectory | None:
    """The run of this experiment and seed that is furthest; None where there is none."""
    fitting = [
        (_LIKED.index(state), place)
        for place, (_, other, state) in enumerate(known)
        if other.seed == config.seed and is_same_experiment(config, other)
    ]
    return known[min(fitting)[1]][0] if fitting else None


def _why_it_stops(run: RunDirectory, status: RunStatus, again: str) -> str:
    if status.state not in ENDED:
        return f"The runs after it have not begun. This goes on with what is missing: {again}"
    said = f": {status.message}" if status.message else ""
    return f"{run.id} is {status.state}{said}\nThis goes on with what is missing: {again}"


@contextmanager
def _alone(workspace: Workspace) -> Iterator[None]:
    """Two at once would start the same run twice."""
    from filelock import FileLock, Timeout  # takes longer to import than most verbs may

    lock = FileLock(workspace.record_folder / "predict.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        thing = "Another phase3-tutor predict is training its runs in this workspace."
        next_step = "it goes on by itself: phase3-tutor runs shows how far; stopping its present run ends it"
        raise Refusal(thing, str(workspace.record_folder), next_step) from error
    try:
        yield
    finally:
        lock.release()
