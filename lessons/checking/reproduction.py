"""A program that repeats a failing case: it needs torch and the learner's file, and runs under a debugger.

It shows one element of what was expected, and holds no reference: only how the checker uses the learner's code.
"""

import ast
import math
import pprint
from pathlib import Path
from typing import Any

from torch import Tensor

from lessons.checking.assignment import Assignment
from lessons.checking.case import Case
from lessons.checking.observations import Difference, wrong_index
from lessons.solutions import reached_source

OBSERVING = Path(__file__).with_name("observing.py")
LITERAL_WIDTH = 110

HEAD = '''"""{claim}

Made by: phase3-tutor check {exercise} --seed {seed} --repro FILE
It runs your code on {which}. Run it with python, or step through it with python -m pdb.
"""

import importlib.util
import sys
from types import SimpleNamespace

import torch

inf, nan = float("inf"), float("nan")

ROOT = {root!r}
FILE = {file!r}
MODULE = {module!r}
SYMBOLS = {symbols!r}
PARTS = {parts!r}

# The input.
TENSORS = {tensors}
ARGUMENTS = {arguments}

# What differs: the observation by its number, then one element of it.
POSITION = {position!r}
NAME = {name!r}
INDEX = {index!r}
EXPECTED = {expected}
SAID = {said!r}
'''

MAIN = """

# From here on: your code is loaded by its path, used as above, and what it gives is shown.


def load(file, module):
    spec = importlib.util.spec_from_file_location(module, file)
    found = importlib.util.module_from_spec(spec)
    sys.modules[module] = found
    spec.loader.exec_module(found)
    return found


def part(where):
    file, symbol = where.split(":")
    module = file.removesuffix(".py").replace("/", ".")
    return getattr(sys.modules.get(module) or load(f"{ROOT}/{file}", module), symbol)


def show(value):
    print(f"{NAME}:")
    print(value)
    print(f"The check said: {SAID}")
    if INDEX is None:
        return
    at = f"at {list(INDEX)}: " if INDEX else ""
    got = value[INDEX] if isinstance(value, torch.Tensor) and value.dim() == len(INDEX) else value
    got = got.item() if isinstance(got, torch.Tensor) and got.numel() == 1 else got
    print(f"{at}expected {EXPECTED!r}, got {got!r}")


def main():
    sys.path.insert(0, ROOT)
    loaded = load(FILE, MODULE)
    symbols = [getattr(loaded, name) for name in SYMBOLS]
    code = symbols[0] if len(symbols) == 1 else SimpleNamespace(**dict(zip(SYMBOLS, symbols)))
    given = {name: tensor.clone() for name, tensor in TENSORS.items()}
    parts = {name: part(where) for name, where in PARTS.items()}
    torch.set_default_dtype(DTYPE)
    for position, (name, value) in enumerate(observe(code, **given, **ARGUMENTS, **parts)):
        if position == POSITION:
            show(value) if name == NAME else print(f"{name} came: {value}. The check said: {SAID}")
            return
        print(f"{name}: as expected")
    print(f"The check said: {SAID}")
    changed = [name for name in TENSORS if not TENSORS[name].is_meta and not torch.equal(TENSORS[name], given[name])]
    print(f"inputs changed by your code: {', '.join(changed) or 'none'}")
    print(f"gradients are recorded: {torch.is_grad_enabled()}, default dtype: {torch.get_default_dtype()}")


if __name__ == "__main__":
    main()
"""


def reproduction(assignment: Assignment, root: Path, file: Path, difference: Difference, seed: int) -> str:
    """The whole program; `file` is the learner's."""
    case, exercise = difference.case, assignment.exercise
    index, expected = _element(difference)
    head = HEAD.format(
        claim=case.claim.replace("\\", "").replace('"""', "").strip('"'),
        exercise=exercise.id,
        seed=seed,
        which="the smallest input that was found to fail" if difference.is_smallest else "an input that fails",
        root=str(root),
        file=str(file),
        module=assignment.module,
        symbols=list(exercise.symbols),
        parts=case.learner_parts,
        tensors=_tensors(case),
        arguments=_literal(case.arguments),
        position=difference.position,
        name=difference.name,
        index=index,
        expected=_literal(expected),
        said=difference.place or difference.sentence,
    )
    return (
        f"{head}DTYPE = torch.{case.dtype}\n\n# How the checker uses your code.\n{_observer(assignment.observer)}{MAIN}"
    )


def _element(difference: Difference) -> tuple[tuple[int, ...] | None, Any]:
    """Index and expected value of the first element that differs; of plain values the value itself."""
    index = wrong_index(difference)
    if index is not None:
        return index, difference.right[index].item()
    if isinstance(difference.right, bool | int | float | str) and type(difference.theirs) is type(difference.right):
        return (), difference.right
    return None, None


def _observer(source: str) -> str:
    """The exercise's observe.py, with what it takes from ours written out."""
    wanted: list[str] = []
    lines = source.splitlines()
    for statement in reversed(ast.parse(source).body):
        ours = isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("lessons.")
        is_docstring = statement.lineno == 1 and isinstance(statement, ast.Expr)
        if isinstance(statement, ast.ImportFrom) and ours:
            wanted += [alias.name for alias in statement.names]
        if ours or is_docstring:
            lines[statement.lineno - 1 : statement.end_lineno] = []
    shared = reached_source(OBSERVING.read_text(encoding="utf-8"), wanted).strip() if wanted else ""
    own = "\n".join(lines).strip()
    return "\n" + "\n\n\n".join(filter(None, (shared, own))) + "\n"


def _tensors(case: Case) -> str:
    if not case.tensors:
        return "{}"
    rows = [f"    {name!r}: {_tensor(tensor, case.meta)},\n" for name, tensor in case.tensors.items()]
    return "{\n" + "".join(rows) + "}"


def _tensor(tensor: Tensor, meta: bool) -> str:
    """Made from its numbers as they lie in memory, so that a transposed tensor is transposed there too."""
    shape, dtype = tuple(tensor.shape), tensor.dtype
    if meta:
        return f'torch.empty({shape!r}, dtype={dtype}, device="meta")'
    if not tensor.numel():
        return f"torch.empty({shape!r}, dtype={dtype})"
    order = list(range(tensor.dim()))
    if not tensor.is_contiguous():
        order = sorted(order, key=lambda axis: -tensor.stride(axis))
    made = f"torch.tensor({_literal(tensor.detach().permute(order).tolist())}, dtype={dtype})"
    back = [order.index(axis) for axis in range(len(order))]
    return made if back == list(range(len(order))) else f"{made}.permute({back!r})"


def _literal(value: Any) -> str:
    """Python for the value; `inf` and `nan` are names that the program defines."""
    text = pprint.pformat(value, width=LITERAL_WIDTH, compact=True, sort_dicts=False)
    return text if not isinstance(value, float) or math.isfinite(value) else f'float("{value}")'
