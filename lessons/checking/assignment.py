"""An exercise as the judge uses it: its reference, its cases, its observer, and the files that stand beside it."""

import ast
import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import torch

from lessons.catalog import DECLARATION, Exercise, curriculum
from lessons.checking.case import Case
from lessons.checking.conventions import Declared
from lessons.checking.observations import Seen
from lessons.checking.submission import load_module, observed, symbol_of


@dataclass(frozen=True)
class KnownFile:
    """A mistake or a variant: a runnable file, and what its header says of it."""

    path: Path
    sentence: str
    equation: str | None
    hint: int | None
    citation: str | None

    @property
    def id(self) -> str:
        return self.path.stem.replace("_", "-")


@dataclass(frozen=True)
class Assignment:
    exercise: Exercise
    declared: Declared = ()  # what the code that is judged declares; () where there is nothing to declare
    _loaded: dict[tuple[Path, Declared], Any] = field(default_factory=dict)

    def declaring(self, declared: Declared) -> Self:
        """The same exercise by other conventions: the reference and every known mistake follow them."""
        return replace(self, declared=declared)

    @property
    def module(self) -> str:
        """The name by which the workspace's other files import this one: cnn/conv.py is cnn.conv."""
        return self.exercise.file.removesuffix(".py").replace("/", ".")

    @cached_property
    def observer(self) -> str:
        return (self.exercise.folder / "observe.py").read_text(encoding="utf-8")

    @cached_property
    def mistakes(self) -> tuple[KnownFile, ...]:
        return _known_files(self.exercise.folder / "mistakes")

    @cached_property
    def variants(self) -> tuple[KnownFile, ...]:
        return _known_files(self.exercise.folder / "variants")

    @property
    def oracle(self) -> Path | None:
        path = self.exercise.folder / "oracle.py"
        return path if path.is_file() else None

    @property
    def reference(self) -> Any:
        """Our function or class; where an exercise asks for several, the module that holds them."""
        return self._check.REFERENCE

    def cases(self, seed: int) -> list[Case]:
        return list(self._check.cases(torch.Generator().manual_seed(seed)))

    def expected(self, cases: list[Case]) -> list[Seen]:
        """What is seen of the reference; it is handed torch's parts, never the learner's."""
        right = self._check.adapted(**dict(self.declared)) if self.declared else self.reference
        return [self._seen_of(right, case) for case in cases]

    def seen_of_known(self, known: "KnownFile", cases: list[Case]) -> list[Seen]:
        """What is seen of a mistake or a variant. It is our own code, so it runs here, without a fork."""
        symbol = self._symbol_of(known.path)
        return [self._seen_of(symbol, case) for case in cases]

    def _seen_of(self, symbol: Any, case: Case) -> Seen:
        return observed(self._observe, symbol, as_request(case), {})

    def _symbol_of(self, path: Path) -> Any:
        key = path, self.declared
        if key not in self._loaded:
            _stand_in_for_siblings()
            values = "".join(f".{value}" for _, value in self.declared)
            name = f"known.{self.exercise.unit}.{self.exercise.name}.{path.parent.name}.{path.stem}{values}"
            module = load_module(path, name)
            if self.declared:  # a known file reads its own declaration, and so follows whatever is put there
                setattr(module, DECLARATION, dict(self.declared))
            self._loaded[key] = symbol_of(module, self.exercise.symbols)
        return self._loaded[key]

    @property
    def _check(self) -> ModuleType:
        return importlib.import_module(f"lessons.{self.exercise.unit}.{self.exercise.name}.check")

    @cached_property
    def _observe(self) -> Callable[..., Iterator[tuple[str, Any]]]:
        namespace: dict[str, Any] = {"__name__": "observe"}
        exec(compile(self.observer, str(self.exercise.folder / "observe.py"), "exec"), namespace)
        return namespace["observe"]


def as_request(case: Case) -> dict[str, Any]:
    """A case as the runner gets it: the inputs, never what is expected of them."""
    return {
        "tensors": case.tensors,
        "arguments": case.arguments,
        "dtype": case.dtype,
        "learner_parts": case.learner_parts,
        "meta": case.meta,
    }


def _stand_in_for_siblings() -> None:
    """A mistake may import another file of the workspace, as in `from cnn.blocks import BasicBlock`: it gets ours."""
    for exercise in curriculum().exercises:
        assignment = Assignment(exercise)
        reference = assignment.reference
        ours = reference if isinstance(reference, ModuleType) else sys.modules[reference.__module__]
        sys.modules.setdefault(assignment.module, ours)


def _known_files(folder: Path) -> tuple[KnownFile, ...]:
    return tuple(_known_file(path) for path in sorted(folder.glob("*.py")))


def _known_file(path: Path) -> KnownFile:
    """Read the header without running the file."""
    tree = ast.parse(path.read_bytes())
    constants: dict[str, Any] = {
        target.id: statement.value.value
        for statement in tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    sentence = " ".join((ast.get_docstring(tree) or "").split())
    return KnownFile(path, sentence, constants.get("EQUATION"), constants.get("HINT"), constants.get("CITATION"))
