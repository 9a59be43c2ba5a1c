"""What of a case is the learner's own input: the tensors and settings that the exercise's functions take by name.

An observer is given more than that: helper tensors, seeds, what to look at. None of it is the learner's business.
"""

import ast
from typing import Any

from lessons.catalog import Exercise
from lessons.checking.case import Case

SHAPE = "_shape"  # of a tensor that the observer makes itself: `weight_shape` tells the learner's `weight`


def input_in_words(exercise: Exercise, case: Case) -> str:
    """x (2, 3, 5, 5), w (4, 3, 3, 3); stride=2. Empty where the case hands the learner's code nothing of the kind."""
    taken = parameters_of(exercise)
    shapes = {name: shape for name, shape in case.shapes.items() if name in taken}
    settings: dict[str, Any] = {}
    for name, value in _spread_out(case.arguments).items():
        if name.endswith(SHAPE) and name.removesuffix(SHAPE) in taken:
            shapes[name.removesuffix(SHAPE)] = tuple(value)
        elif name in taken:
            settings[name] = value
    told = (
        ", ".join(f"{name} {shape}" for name, shape in shapes.items()),
        ", ".join(f"{name}={value!r}" for name, value in settings.items()),
    )
    return "; ".join(filter(None, told))


def parameters_of(exercise: Exercise) -> frozenset[str]:
    """Every name that the stub's functions, constructors and methods take."""
    found = set()
    for node in declared(exercise):
        functions = [node] if isinstance(node, ast.FunctionDef) else node.body
        for function in functions:
            if isinstance(function, ast.FunctionDef):
                given = function.args
                found |= {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)}
    return frozenset(found - {"self"})


def declared(exercise: Exercise) -> list[ast.ClassDef | ast.FunctionDef]:
    """The exercise's symbols as its stub declares them."""
    return [
        node
        for node in ast.parse(exercise.stub.read_bytes()).body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name in exercise.symbols
    ]


def _spread_out(arguments: dict[str, Any]) -> dict[str, Any]:
    """The observer's arguments, those in its `options` as if they stood beside them."""
    options = arguments.get("options")
    return {**arguments, **options} if isinstance(options, dict) else arguments
