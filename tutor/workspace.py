"""The learner's folder: their modules, their runs, and the record of what was seen."""

import os
from dataclasses import dataclass
from pathlib import Path

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
        return self.record_folder.is_dir()

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
    chosen = folder or Path(os.environ.get("PHASE3_WORKSPACE") or Path.home() / "phase3")
    return Workspace(chosen.expanduser().absolute())


def open_workspace(folder: Path | None) -> Workspace:
    """The same, refused unless it has been made."""
    workspace = workspace_at(folder)
    if workspace.root.exists() and not workspace.root.is_dir():
        raise Refusal("The workspace is a file, not a folder.", str(workspace.root), _another(workspace))
    if not workspace.is_made:
        raise Refusal(
            "There is no workspace here.", str(workspace.root), f"make it: phase3-tutor init {workspace.root}"
        )
    return workspace


def init_workspace(root: Path) -> Made:
    """Make the folders and the stubs. A file that exists is never touched."""
    workspace = workspace_at(root)
    if workspace.root.exists() and not workspace.root.is_dir():
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
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(exercise.stub.read_bytes())
    except FileExistsError:
        return False
    return True


def _another(workspace: Workspace) -> str:
    return f"choose another folder, as in: phase3-tutor init {workspace.root.parent / 'phase3-work'}"
