import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lessons.catalog import Exercise, curriculum
from lessons.checking.examiner import Examiner
from lessons.checking.runner_handle import RunnerHandle
from lessons.solutions import reference_file, shown_solution, solution_source, write_solutions

EXERCISES = curriculum().exercises
by_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with RunnerHandle() as runner:
        yield Examiner(runner, seconds=30.0)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("phase3")
    write_solutions(root)
    return root


@by_exercise
def test_a_solution_passes_as_a_learners_file(exercise: Exercise, examiner: Examiner, workspace: Path):
    assert examiner.examine(exercise, workspace).status == "passed"


@by_exercise
def test_what_is_shown_of_a_solution_passes_by_itself(
    exercise: Exercise, examiner: Examiner, workspace: Path, tmp_path
):
    shown = tmp_path / "shown.py"
    shown.write_text(shown_solution(exercise), encoding="utf-8")
    assert examiner.examine(exercise, workspace, shown).status == "passed"


def test_what_is_shown_leaves_out_what_the_exercise_does_not_reach():
    tree = ast.parse(shown_solution(next(each for each in EXERCISES if each.id == "cnn/conv2d")))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert "conv2d" in names
    assert "Conv2d" not in names, "the layer of the assembled net stands in the same file"


@by_exercise
def test_a_solution_imports_torch_the_standard_library_and_siblings_only(exercise: Exercise):
    siblings = {other.file.removesuffix(".py").replace("/", ".") for other in EXERCISES}
    for node in ast.walk(ast.parse(solution_source(exercise))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            top = name.partition(".")[0]
            assert name in siblings or top == "torch" or top in sys.stdlib_module_names, name


@by_exercise
def test_a_solution_keeps_the_words_of_its_reference(exercise: Exercise):
    reference, solution = reference_file(exercise).read_text(), solution_source(exercise)
    comments = [line.partition("# ")[2] for line in reference.splitlines() if "# " in line]
    assert all(comment in solution for comment in comments)
    tree = ast.parse(solution)
    for symbol in exercise.symbols:
        shown = next(node for node in tree.body if getattr(node, "name", "") == symbol)
        original = next(node for node in ast.parse(reference).body if getattr(node, "name", "") == symbol)
        assert isinstance(shown, ast.FunctionDef | ast.ClassDef)
        assert isinstance(original, ast.FunctionDef | ast.ClassDef)
        assert ast.get_docstring(shown) == ast.get_docstring(original)


@by_exercise
def test_no_shape_annotation_of_ours_is_left(exercise: Exercise):
    source = solution_source(exercise)
    assert "jaxtyping" not in source
    assert "models" not in source
    assert '"B C H W"' not in source


def test_a_solved_workspace_has_the_learners_files_and_no_others(workspace: Path):
    files = sorted(str(path.relative_to(workspace)) for path in workspace.rglob("*") if path.is_file())
    assert files == sorted({exercise.file for exercise in EXERCISES})
