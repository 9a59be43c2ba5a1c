"""Puts the stub of an exercise back. What the learner wrote is kept beside it, under a name that was free."""

import errno
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from lessons.catalog import Exercise
from progress.evidence import EvidenceStore
from progress.record_errors import RecordError
from tutor.refusals import Refusal
from tutor.workspace import Workspace

# What a file system without hard links says, and a system that forbids them to others than the owner.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EXDEV}


class Reset(NamedTuple):
    file: Path
    backup: Path | None  # None where there was nothing to keep
    changed: bool
    notice: str | None = None  # why the record does not know of it


def is_stub(workspace: Workspace, exercise: Exercise) -> bool:
    """Whether the file is the stub to the byte: a comment of the learner's is worth keeping too."""
    try:
        return workspace.file_of(exercise).read_bytes() == exercise.stub.read_bytes()
    except OSError:
        return False


def reset_exercise(workspace: Workspace, exercise: Exercise) -> Reset:
    """The stub in place of the file, in one step; whoever dies in between leaves the file, and at most a copy of it."""
    file = workspace.file_of(exercise)
    if is_stub(workspace, exercise):
        return Reset(file, None, changed=False, notice=_noted(workspace, exercise))
    place = Path(os.path.realpath(file))  # replacing a symbolic link would leave its target behind
    if place.exists() and not place.is_file():
        raise Refusal("This is no ordinary file, so it is left alone.", str(file), "move it away, then reset again")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        backup = _kept(place) if place.exists() else None
        _replace(place, exercise.stub.read_bytes())
    except OSError as error:
        thing = f"The stub cannot be put back: {error.strerror or error}. Your file is as it was."
        raise Refusal(
            thing, str(error.filename or file), "make room or the folder writable, then reset again"
        ) from error
    return Reset(file, backup, changed=True, notice=_noted(workspace, exercise))


def _noted(workspace: Workspace, exercise: Exercise) -> str | None:
    """An exercise that was given up can be solved anew from here on; a sentence where that could not be recorded."""
    try:
        EvidenceStore(workspace.record_folder).note_reset(exercise.id)
    except RecordError as error:
        return f"Not recorded: {error}"
    return None


def _kept(file: Path) -> Path:
    """The file under a second name that nothing had: conv.py.backup-1, conv.py.backup-2, ..."""
    number = 1
    while True:
        backup = file.with_name(f"{file.name}.backup-{number}")
        try:
            _give_second_name(file, backup)
        except FileExistsError:
            number += 1
        else:
            return backup


def _give_second_name(file: Path, backup: Path) -> None:
    """By a link, so that an editor that saves into the file at this moment saves into what is kept; else by a copy."""
    try:
        os.link(file, backup)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _copy(file, backup)


def _copy(file: Path, backup: Path) -> None:
    with file.open("rb") as source, backup.open("xb") as copy:  # for creation only: no race can overwrite
        try:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        except OSError:
            backup.unlink(missing_ok=True)
            raise
    with suppress(OSError):  # times and permissions are nice to have; the content is there
        shutil.copystat(file, backup)


def _replace(file: Path, content: bytes) -> None:
    """A complete draft beside it, then one step; its name is a free one, for all names here are the learner's."""
    descriptor, draft = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".draft", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(draft, _permissions(file))
        os.replace(draft, file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _permissions(file: Path) -> int:
    """As the file has them; of a file that is not there, as any new file would."""
    if file.exists():
        return stat.S_IMODE(file.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
