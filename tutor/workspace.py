"""The learner's folder: their modules, their runs, and the record of what was seen."""

import errno
import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lessons.catalog import Exercise, curriculum
from tutor.refusals import Refusal

FOLDERS = ("notes", "report", "runs", ".phase3")


@dataclass(frozen=True)
class Workspace:
    """Where everything of one learner lies. Ordinary Python files and folders; nothing in it is generated twice."""

    root: Path

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def record_folder(self) -> Path:
        return self.root / ".phase3"

    @property
    def is_made(self) -> bool:
        return os.path.isdir(self.record_folder)  # a path that the system does not accept is none

    def file_of(self, exercise: Exercise) -> Path:
        return self.root / exercise.file


@dataclass(frozen=True)
class Made:
    """What `init` made and what it left as it was, as paths inside the workspace."""

    workspace: Workspace
    created: tuple[str, ...]
    kept: tuple[str, ...]


def workspace_at(folder: Path | None) -> Workspace:
    """The workspace that was asked for: the argument, else PHASE3_WORKSPACE, else ~/phase3. It need not exist."""
    chosen = folder or Path(os.environ.get("PHASE3_WORKSPACE") or "~/phase3")
    try:
        return Workspace(chosen.expanduser().absolute())
    except RuntimeError as error:
        thing = "The workspace is in a home folder that is not known here."
        raise Refusal(thing, str(chosen), "name a folder: --workspace DIR") from error


def open_workspace(folder: Path | None) -> Workspace:
    """The same, refused unless it has been made."""
    workspace = workspace_at(folder)
    if _is_no_folder(workspace.root):
        raise Refusal("The workspace is a file, not a folder.", str(workspace.root), _another(workspace))
    if not workspace.is_made:
        next_step = f"make it: phase3-tutor init {shlex.quote(str(workspace.root))}"
        raise Refusal("There is no workspace here.", str(workspace.root), next_step)
    return workspace


def init_workspace(root: Path) -> Made:
    """Make the folders and the stubs. A file that exists is never touched."""
    workspace = workspace_at(root)
    if _is_no_folder(workspace.root):
        raise Refusal("The workspace would be a folder, but a file is there.", str(workspace.root), _another(workspace))
    try:
        for folder in FOLDERS:
            (workspace.root / folder).mkdir(parents=True, exist_ok=True)
        created = [exercise.file for exercise in curriculum().exercises if _lay_stub(workspace, exercise)]
    except FileExistsError as error:
        thing = "A file stands where the workspace needs a folder."
        raise Refusal(thing, str(error.filename), "move it away, then run init again") from error
    except OSError as error:
        thing = f"The workspace cannot be made: {error.strerror}."
        raise Refusal(thing, str(error.filename or workspace.root), _another(workspace)) from error
    kept = [exercise.file for exercise in curriculum().exercises if exercise.file not in created]
    return Made(workspace, tuple(created), tuple(kept))


def _lay_stub(workspace: Workspace, exercise: Exercise) -> bool:
    """Write the stub unless something is there already; opened for creation only, so no race can overwrite."""
    path = workspace.file_of(exercise)
    stub = exercise.stub.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb", buffering=0) as file:
            _write_all(file, stub, path)
    except FileExistsError:
        return False
    return True


def _write_all(file: IO[bytes], content: bytes, path: Path) -> None:
    """All of it or no file: half a stub, on a full disk, would be kept from then on as the learner's own."""
    try:
        if file.write(content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _is_no_folder(path: Path) -> bool:
    return os.path.exists(path) and not os.path.isdir(path)


def _another(workspace: Workspace) -> str:
    return f"choose another folder, as in: phase3-tutor init {shlex.quote(str(workspace.root.parent / 'phase3-work'))}"
