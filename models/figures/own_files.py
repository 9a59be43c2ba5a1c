"""The learner's folder as a place to import from, for as long as a figure needs it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.learner_modules import LearnerModules


@contextmanager
def own_files(folder: Any) -> Iterator[LearnerModules | None]:
    """The learner's folder first in line for imports, and afterwards everything as it was; None where it is none."""
    if not isinstance(folder, str) or not Path(folder).is_dir():
        yield None
        return
    finders, imported = list(sys.meta_path), dict(sys.modules)
    modules = LearnerModules(Path(folder).resolve())
    modules.install()
    try:
        yield modules
    finally:
        modules.forget()
        sys.meta_path[:] = finders
        for name, module in imported.items():
            sys.modules.setdefault(name, module)
