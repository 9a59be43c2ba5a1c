"""Imports the learner's files from a run's own copies, and remembers exactly which bytes it ran."""

import builtins
import sys
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib import import_module, invalidate_caches
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from models.run_errors import RunError

_ALLOWED = frozenset({"torch", "numpy"}) | frozenset(sys.stdlib_module_names)
_OURS = frozenset({"models", "lessons", "progress", "tutor", "phase3_tutor"})


class PartUnusable(RunError):
    """A part of the net cannot be taken from the learner's files as they are."""


class ImportRefused(ImportError):
    """A learner's file asked for a module that is not its own to use."""


class LearnerModules:
    """The modules folder of one run: its top-level names are found there and nowhere else.

    Of two runs in one process the later one counts; what the earlier one imported is let go of.
    A folder named like torch, the standard library or one of ours is never looked into.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.hashes: dict[str, str] = {}  # file, relative to the folder -> SHA-256 of the bytes that ran
        names = {path.stem for path in self.folder.iterdir()} if self.folder.is_dir() else set()
        self.packages = frozenset(names) - _ALLOWED - _OURS
        self._finder = _Finder(self)

    def install(self) -> None:
        """Stand first in line for the learner's names."""
        earlier = [finder for finder in sys.meta_path if isinstance(finder, _Finder)]
        for finder in earlier:
            sys.meta_path.remove(finder)
            finder.modules.forget()
        self.forget()
        sys.meta_path.insert(0, self._finder)
        invalidate_caches()

    def forget(self) -> None:
        """Let go of every imported module of this folder."""
        for name in [name for name in sys.modules if name.partition(".")[0] in self.packages]:
            del sys.modules[name]

    def take(self, file: str, symbol: str) -> Any:
        """What the learner's file calls `symbol`; their own exception passes through."""
        path = self.folder / file
        if not path.is_file():
            thing = f"{file} is not among this run's copies of your files."
            raise PartUnusable(thing, str(path), "start a new run with `phase3-tutor train`")
        module = import_module(file.removesuffix(".py").replace("/", "."))
        found = getattr(module, symbol, None)
        if found is None:
            raise PartUnusable(f"{file} has no {symbol}.", file, f"put {symbol} back as the stub has it")
        return found


class _Finder(MetaPathFinder):
    def __init__(self, modules: LearnerModules) -> None:
        self.modules = modules

    def find_spec(
        self, fullname: str, path: Iterable[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in self.modules.packages:
            return None
        spec = PathFinder.find_spec(fullname, [str(self.modules.folder)] if path is None else list(path), target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(Path(spec.loader.path), self.modules)
        return spec


class _Loader(Loader):
    """Runs the file's bytes, leaves no compiled copy behind, and looks at what the file imports."""

    def __init__(self, path: Path, modules: LearnerModules) -> None:
        self.path, self.modules = path, modules

    def exec_module(self, module: ModuleType) -> None:
        content = self.path.read_bytes()
        relative = self.path.relative_to(self.modules.folder).as_posix()
        self.modules.hashes[relative] = sha256(content).hexdigest()
        module.__dict__["__builtins__"] = {**vars(builtins), "__import__": self._import}
        exec(compile(content, str(self.path), "exec", dont_inherit=True), module.__dict__)

    def _import(
        self,
        name: str,
        namespace: Mapping[str, Any] | None = None,
        local: Mapping[str, Any] | None = None,
        wanted: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        top = name.partition(".")[0]
        if level == 0 and top not in _ALLOWED and top not in self.modules.packages:
            raise ImportRefused(
                f'"{top}" is not used here: what is trained is your code, and it imports torch, '
                f"the standard library and your other files"
            )
        return builtins.__import__(name, namespace, local, wanted, level)
