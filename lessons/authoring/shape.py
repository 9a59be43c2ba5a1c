"""What can be told of an exercise's content without running it: what is missing, misshapen or still to be written."""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lessons.authoring.rows import NAME
from lessons.catalog import Exercise, curriculum, exercises_by_id
from lessons.checking.conventions import NotDeclared, declared_in, first_of_each
from lessons.solutions import MODELS, reference_file

FEWEST_MISTAKES, FEWEST_VARIANTS, HINTS, HINT_WORDS, WIDEST = 8, 3, 3, 60, 76
FILL_IN = "FILL IN"  # what the scaffold leaves for its author
LEARNERS_OWN = frozenset({"torch", "numpy"}) | sys.stdlib_module_names
OBSERVING = "lessons.checking.observing"


@dataclass(frozen=True)
class Shape:
    """Problems in words, each with what to do. Where `blocked`, nothing of the exercise can be run yet."""

    problems: tuple[str, ...]
    blocked: bool


def shape_of(exercise: Exercise) -> Shape:
    """Look at the row, the folder and the reference's file. Runs nothing."""
    files, trees = [exercise.folder / name for name in ("stub.py", "observe.py", "check.py")], {}
    broken: list[str] = [f"{file.name} is missing: write it" for file in files if not file.is_file()]
    for file in (*files, exercise.folder / "oracle.py", *_known(exercise, "mistakes"), *_known(exercise, "variants")):
        if file.is_file():
            try:
                trees[file] = ast.parse(file.read_bytes())
            except (SyntaxError, ValueError) as error:
                broken.append(f"{_inside(exercise, file)} is not Python ({error}): mend it")
    if broken:
        return Shape(tuple(broken), blocked=True)
    broken += [*_definitions(exercise, trees), *_declarations(exercise, trees), *_still_to_fill_in(exercise)]
    rest = [*_row(exercise), *_headers(exercise, trees), *_counts(exercise), *_imports(exercise, trees)]
    return Shape((*broken, *rest), blocked=bool(broken))


def _definitions(exercise: Exercise, trees: dict[Path, ast.Module]) -> Iterator[str]:
    """Names without which nothing runs."""
    for file, tree in trees.items():
        wanted = _wanted_at_the_top(exercise).get(file.name, exercise.judged_names)
        wanted = wanted if file.parent == exercise.folder else exercise.judged_names
        for name in wanted:
            if name not in _defined(tree):
                yield f"{_inside(exercise, file)} does not define {name}: add it at its top level"


def _wanted_at_the_top(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    """By the names of files; every other one is written as a learner's."""
    adapted = ("adapted",) if exercise.conventions else ()
    return {
        "observe.py": ("observe",), "check.py": ("REFERENCE", "cases", *adapted), "oracle.py": exercise.symbols,
    }  # fmt: skip


def _declarations(exercise: Exercise, trees: dict[Path, ast.Module]) -> Iterator[str]:
    """Conventions of the stub, which declares the first of each, and of the files written as a learner's."""
    for file in trees:
        if file.name in ("observe.py", "check.py", "oracle.py") and file.parent == exercise.folder:
            continue
        try:
            declared = declared_in(exercise, file.read_bytes())
        except NotDeclared as wrong:
            yield f"{_inside(exercise, file)}: {wrong}"
        else:
            if file == exercise.stub and declared != first_of_each(exercise):
                yield "stub.py does not declare the first value of each convention: exchange it, or the values' order"


def _still_to_fill_in(exercise: Exercise) -> Iterator[str]:
    """Every place that the scaffold has left open; its words say what belongs there."""
    texts = [("title", exercise.title), ("equation", exercise.equation), ("citation", exercise.citation)]
    texts += [*((f"hint {number}", hint) for number, hint in enumerate(exercise.hints, 1)), ("after", exercise.after)]
    for key, text in texts:
        if FILL_IN in text:
            yield f"curriculum.toml, {key}: {_rest_of(text)}"
    for file in (*sorted(exercise.folder.rglob("*.py")), *_reference(exercise)):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if FILL_IN in line:
                yield f"{_inside(exercise, file)}, line {number}: {_rest_of(line)}"


def _row(exercise: Exercise) -> Iterator[str]:
    """Texts of curriculum.toml."""
    for key in ("title", "equation", "citation", "after"):
        if not getattr(exercise, key).strip():
            yield f"curriculum.toml: {key} is empty: write it"
    if len(exercise.hints) != HINTS:
        yield f"curriculum.toml gives {len(exercise.hints)} hints: write {HINTS}"
    for number, hint in enumerate(exercise.hints, 1):
        if not 0 < len(hint.split()) <= HINT_WORDS:
            yield f"curriculum.toml: hint {number} has {len(hint.split())} words: write 1 to {HINT_WORDS}"
    yield from _too_wide("curriculum.toml", exercise.equation)
    before = [*_up_to(exercise.id, curriculum().exercise_ids)]
    for needed in exercise.needs:
        if needed not in exercises_by_id():
            yield f"curriculum.toml: needs {needed}, which is no exercise: name one that has a row"
        elif needed not in before:
            yield f"curriculum.toml: needs {needed}, which comes later: leave it out, or move one of the two"


def _headers(exercise: Exercise, trees: dict[Path, ast.Module]) -> Iterator[str]:
    """What a learner is told of a mistake or of a convention, in the head of its file."""
    for file in _known(exercise, "mistakes"):
        place, constants = _inside(exercise, file), _constants(trees[file])
        yield from _name_and_sentence(place, file, trees[file])
        equation, hint = constants.get("EQUATION"), constants.get("HINT")
        if not isinstance(equation, str) or not equation.strip():
            yield f'{place} has no EQUATION: add EQUATION = "what this code computes"'
        else:
            yield from _too_wide(place, equation)
        if type(hint) is not int or not 1 <= hint <= HINTS:
            yield f"{place} has no HINT: add HINT = 1, 2 or {HINTS}, the step of the ladder that helps"
    for file in _known(exercise, "variants"):
        citation = _constants(trees[file]).get("CITATION")
        if "CITATION" in _defined(trees[file]):
            yield from _name_and_sentence(_inside(exercise, file), file, trees[file])
            if not isinstance(citation, str) or not citation.strip():
                yield f"{_inside(exercise, file)} has an empty CITATION: name the source of the convention"


def _name_and_sentence(place: str, file: Path, tree: ast.Module) -> Iterator[str]:
    sentence = " ".join((ast.get_docstring(tree) or "").split())
    if not sentence:
        yield f"{place} has no docstring: write what the learner is told"
    elif sentence[-1] not in ".!?":
        yield f"{place}: its docstring ends without a full stop: write whole sentences, the learner reads them"
    if not NAME.fullmatch(file.stem):
        yield f"{place}: its name becomes an id: use small letters, digits and _"


def _counts(exercise: Exercise) -> Iterator[str]:
    mistakes, variants = (len(_known(exercise, kind)) for kind in ("mistakes", "variants"))
    if mistakes < FEWEST_MISTAKES:
        yield f"mistakes/ has {mistakes} of at least {FEWEST_MISTAKES} files: add {FEWEST_MISTAKES - mistakes} more"
    if variants < FEWEST_VARIANTS:
        yield (
            f"variants/ has {variants} of at least {FEWEST_VARIANTS} files: "
            f"add {FEWEST_VARIANTS - variants} more right solutions that are written differently"
        )
    for file in _reference(exercise):
        test = MODELS.parent / "tests" / "models" / f"test_{file.stem}.py"
        if test.parent.is_dir() and not test.is_file():
            yield f"models/{file.name} is held against nothing: add tests/models/{test.name} with an independent oracle"


def _imports(exercise: Exercise, trees: dict[Path, ast.Module]) -> Iterator[str]:
    """A known file is run as a learner's is, and so is the observer beside it: both import what a learner may."""
    for file in (exercise.folder / "observe.py", *_known(exercise, "mistakes"), *_known(exercise, "variants")):
        siblings = {OBSERVING} if file.name == "observe.py" else {exercise.unit}
        for module in sorted(_imported(trees[file])):
            if module.partition(".")[0] not in LEARNERS_OWN | siblings and module not in siblings:
                allowed = "torch, the standard library and " + (
                    OBSERVING if file.name == "observe.py" else f"the learner's own files, as {exercise.unit}.conv"
                )
                yield f"{_inside(exercise, file)} imports {module}: it may import {allowed} only"


def _known(exercise: Exercise, kind: str) -> Sequence[Path]:
    return sorted((exercise.folder / kind).glob("*.py"))


def _reference(exercise: Exercise) -> Iterator[Path]:
    try:
        file = reference_file(exercise)
    except ValueError:
        return
    if file.is_file():
        yield file


def _inside(exercise: Exercise, file: Path) -> str:
    if file.is_relative_to(exercise.folder):
        return file.relative_to(exercise.folder).as_posix()
    return file.relative_to(MODELS.parent).as_posix()


def _too_wide(place: str, equation: str) -> Iterator[str]:
    if any(len(line) > WIDEST for line in equation.splitlines()):
        yield f"{place}: a line of its equation is wider than {WIDEST} columns: break it"


def _up_to(exercise_id: str, ids: Sequence[str]) -> Sequence[str]:
    return ids[: ids.index(exercise_id)] if exercise_id in ids else ids


def _rest_of(line: str) -> str:
    """From the mark to the end of its line, or to the quotes that close it."""
    return line[line.index(FILL_IN) :].splitlines()[0].partition('"')[0].rstrip()


def _defined(tree: ast.Module) -> set[str]:
    """Names at the top level of a module."""
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def _constants(tree: ast.Module) -> dict[str, object]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "." * node.level
