"""One small file, replaced as a whole and pushed to the disk."""

import errno
import os
from contextlib import suppress
from pathlib import Path

_FOLDERS_CANNOT_BE_SYNCED = {errno.EINVAL, errno.ENOTSUP}


def write_durably(path: Path, content: bytes) -> None:
    """Replace `path` by a sibling that is complete and on the disk; after an OSError the old file stands."""
    # The name is fixed: writers take turns under a lock, and a draft left by a killed one is overwritten.
    draft = path.with_name(f"{path.name}.tmp")
    try:
        with open(draft, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        with suppress(OSError):  # the first error is the one to tell; a full disk must not stay full of drafts
            draft.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _FOLDERS_CANNOT_BE_SYNCED:
            raise
    finally:
        os.close(descriptor)
