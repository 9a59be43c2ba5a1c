"""A file is replaced whole or not at all, whatever happens to the process that writes it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of `path` when the block ends well, and is gone otherwise."""
    # One writer at a time is the caller's duty (run.lock), so a fixed name is safe, and a draft that a
    # killed writer left behind is overwritten by the next one instead of piling up.
    draft = path.with_name(f"{path.name}.tmp")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)  # a half-written draft on a full disk would keep it full
        raise


def replace_file(path: Path, content: bytes) -> None:
    """Give `path` this content in one step: a reader sees the old bytes or the new ones, never a mixture."""
    with replacing(path) as file:
        file.write(content)
