"""Which modules a learner's file may import: torch, the standard library, NumPy, and its own siblings."""

import linecache
import re
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

ALLOWED = frozenset({"torch", "numpy", "math"}) | frozenset(sys.stdlib_module_names)
OURS = frozenset({"models", "lessons", "progress", "tutor", "phase3_tutor"})


UNITS = frozenset({"cnn", "rnn", "transformer"})  # folders that a workspace has


class ImportRefused(ImportError):
    """A learner's file asked for what is not its own to use."""


class ImportGate:
    """First on `sys.meta_path`: one sentence for each refusal, silence for the rest.

    Only an import statement that stands in one of the learner's files is looked at: torch may import what it likes.
    """

    def __init__(self, root: Path, file: Path) -> None:
        self.root = root
        self.theirs = (str(root), str(file))

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        top = name.partition(".")[0]
        if top in OURS:  # whoever asks: nothing that a submission needs is in there
            raise ImportRefused(
                f'"{top}" is the tutor\'s own; the exercise asks for your code. Import torch, the standard library, '
                f"or your other files, as in: from cnn.conv import conv2d"
            )
        if top in ALLOWED or not self._asked_by_learner():
            return None
        if (self.root / top).exists() or (self.root / f"{top}.py").exists():
            return None
        if top in UNITS:
            raise ImportRefused(f"{_file_asked_for(top)} is missing: this file imports it, and it is not in the folder")
        raise ImportRefused(
            f'"{top}" is not used here: an exercise is solved with torch, the standard library and your other files'
        )

    def install(self) -> None:
        """Stand in front of every other finder, take our rooms off the path, and let go of what is loaded of them."""
        sys.meta_path.insert(0, self)
        sys.path[:] = [entry for entry in sys.path if not (Path(entry) / "lessons" / "checking").is_dir()]
        for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
            del sys.modules[name]

    def _asked_by_learner(self) -> bool:
        frame: Any = sys._getframe(2)
        # <frozen importlib>, and <string>: what is given to exec is asked for by the file that says exec.
        while frame is not None and ("importlib" in frame.f_code.co_filename or frame.f_code.co_filename[:1] == "<"):
            frame = frame.f_back
        return frame is not None and frame.f_code.co_filename.startswith(self.theirs)


def _file_asked_for(top: str) -> str:
    """The file that the learner's import statement names: cnn/blocks.py for `from cnn.blocks import BasicBlock`."""
    frame: Any = sys._getframe(2)
    while frame is not None and "importlib" in frame.f_code.co_filename:
        frame = frame.f_back
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno) if frame is not None else ""
    found = re.search(rf"\b{top}(\.\w+)+", line)
    return f"{found.group().replace('.', '/')}.py" if found else f"{top}/"


def shadowing_files(root: Path) -> list[str]:
    """Files and folders of the workspace that stand in front of torch or of the standard library."""
    hidden = {"torch", "numpy", "torchvision"} | set(sys.stdlib_module_names)
    found = [entry for entry in root.iterdir() if entry.stem in hidden and _is_importable(entry)]
    return sorted(entry.name for entry in found)


def _is_importable(entry: Path) -> bool:
    return entry.suffix == ".py" or (entry.is_dir() and any(entry.glob("*.py")))
