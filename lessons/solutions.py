"""The shown solutions: each is the reference's own source, put into the form of a learner's file. Runs nothing."""

import ast
from collections.abc import Iterable
from pathlib import Path

from lessons.catalog import LESSONS, Exercise, curriculum
from lessons.syntax import parsed

MODELS = LESSONS.parent / "models"


def reference_file(exercise: Exercise) -> Path:
    """The file of `models` that defines the exercise's symbol."""
    imported = _imports(parsed((exercise.folder / "check.py").read_bytes()), "REFERENCE")
    return MODELS.parent / f"{imported.replace('.', '/')}.py"


def solution_source(exercise: Exercise) -> str:
    """The reference's source as a workspace file: shape annotations and our own imports are taken out."""
    source = reference_file(exercise).read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    for start, end, text in sorted(_edits(parsed(source)), reverse=True):
        lines = _replaced(lines, start, end, text)
    return "".join(lines)


def shown_solution(exercise: Exercise) -> str:
    """What of that file belongs to the exercise: its symbols, and the imports and definitions that they reach.

    The file may solve other exercises too, which their learners still have before them.
    """
    return reached_source(solution_source(exercise), exercise.judged_names)


def reached_source(source: str, symbols: Iterable[str]) -> str:
    """Of a file's text what defines these symbols, and the imports and definitions that they reach."""
    statements = parsed(source).body
    used = [{node.id for node in ast.walk(each) if isinstance(node, ast.Name)} for each in statements]
    reached, before = set(symbols), set()
    while reached != before:
        before = set(reached)
        for statement, names in zip(statements, used, strict=True):
            reached |= names if names_bound_by(statement) & reached else set()
    return _joined(source, [each for each in statements if names_bound_by(each) & reached])


def names_bound_by(statement: ast.stmt) -> set[str]:
    """The top-level names that a statement gives a meaning to."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return {alias.asname or alias.name.partition(".")[0] for alias in aliases}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def _joined(source: str, statements: list[ast.stmt]) -> str:
    """Their lines as they stand, imports and constants close together, definitions two rows apart."""
    lines = source.splitlines()
    text = ""
    for statement in statements:
        is_definition = isinstance(statement, ast.FunctionDef | ast.ClassDef)
        first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", []))])
        text += "\n\n" if is_definition and text else ""
        text += "\n".join(lines[first - 1 : statement.end_lineno]) + "\n"
    return text


def write_solutions(root: Path) -> None:
    """Make a workspace in which every exercise is solved by its reference."""
    for exercise in curriculum().exercises:
        path = root / exercise.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(solution_source(exercise), encoding="utf-8")


Place = tuple[int, int]  # line from 1, column in bytes


def _edits(tree: ast.Module) -> list[tuple[Place, Place, str]]:
    """(start, end, new text) for everything that a workspace file says differently."""
    edits = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "jaxtyping":
            edits.append(((node.lineno, 0), (node.lineno + 1, 0), ""))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("models."):
            names = ", ".join(alias.name for alias in node.names)
            edits.append(
                (
                    (node.lineno, 0),
                    (node.lineno + 1, 0),
                    f"from {_workspace_module(node.module)} import {names}\n",
                )
            )
        elif isinstance(node, ast.Subscript) and _is_shape(node):
            edits.append((_start(node), _end(node), "Tensor"))
    return edits


def _is_shape(node: ast.Subscript) -> bool:
    """Float[Tensor, "B C H W"] and its kind."""
    inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else None
    return isinstance(inner, ast.Name) and inner.id == "Tensor"


def _workspace_module(module: str | None) -> str:
    owners = [e for e in curriculum().exercises if f"models.{reference_file(e).stem}" == module]
    return owners[0].file.removesuffix(".py").replace("/", ".")


def _imports(tree: ast.Module, name: str) -> str:
    """The module from which `name` is imported, whatever it is called there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if name in (alias.asname, alias.name):  # `from models import pooling` names the module itself
                    return f"models.{alias.name}" if node.module == "models" else node.module or ""
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and _binds(node, name):
            return _imports(tree, node.value.id)
    raise ValueError(f"no import gives {name}")


def _binds(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)


def _start(node: ast.expr) -> Place:
    return node.lineno, node.col_offset


def _end(node: ast.expr) -> Place:
    return node.end_lineno or node.lineno, node.end_col_offset or 0


def _replaced(lines: list[str], start: Place, end: Place, text: str) -> list[str]:
    head = lines[start[0] - 1].encode()[: start[1]].decode()
    tail = lines[end[0] - 1].encode()[end[1] :].decode() if end[0] <= len(lines) else ""
    middle = (head + text + tail).splitlines(keepends=True)
    return [*lines[: start[0] - 1], *middle, *lines[end[0] :]]
