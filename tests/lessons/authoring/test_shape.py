"""What the linter tells of an exercise without running it. Each test breaks one thing of a sound exercise."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pytest

from lessons.authoring.shape import FILL_IN, shape_of
from lessons.catalog import Exercise, curriculum, exercises_by_id


@dataclass(frozen=True)
class Elsewhere(Exercise):
    """An exercise whose content lies in another folder."""

    content: Path = Path()

    @property
    def folder(self) -> Path:
        return self.content


@pytest.fixture
def exercise(tmp_path: Path) -> Elsewhere:
    """A copy of the residual block's content: it has mistakes, variants and conventions."""
    block = exercises_by_id()["cnn/basic_block"]
    shutil.copytree(block.folder, tmp_path / "basic_block", ignore=shutil.ignore_patterns("__pycache__"))
    values = {field.name: getattr(block, field.name) for field in fields(Exercise)}
    return Elsewhere(**values, content=tmp_path / "basic_block")


@pytest.fixture
def edit(exercise: Elsewhere) -> Callable[[str, str, str], tuple[str, ...]]:
    """The problems after one replacement in one file of the content."""

    def edit(file: str, old: str, new: str) -> tuple[str, ...]:
        text = (exercise.folder / file).read_text()
        assert old in text
        (exercise.folder / file).write_text(text.replace(old, new, 1))
        return shape_of(exercise).problems

    return edit


@pytest.mark.parametrize("exercise", curriculum().exercises, ids=lambda exercise: exercise.id)
def test_every_exercise_of_the_course_is_sound(exercise: Exercise):
    assert shape_of(exercise) == replace(shape_of(exercise), problems=(), blocked=False)


@pytest.mark.parametrize("file", ["stub.py", "observe.py", "check.py"])
def test_a_missing_file_blocks_the_rest(exercise: Elsewhere, file: str):
    (exercise.folder / file).unlink()
    assert shape_of(exercise).problems == (f"{file} is missing: write it",)
    assert shape_of(exercise).blocked


def test_a_file_that_is_not_python_is_told_wherever_it_lies(edit, exercise: Elsewhere):
    (problem,) = edit("mistakes/no_skip.py", "class BasicBlock(", "class BasicBlock((")
    assert problem.startswith("mistakes/no_skip.py is not Python (")
    assert problem.endswith("): mend it")
    assert shape_of(exercise).blocked


@pytest.mark.parametrize(
    ("file", "old", "name"),
    [
        ("stub.py", "class BasicBlock(", "BasicBlock"), ("check.py", "REFERENCE =", "REFERENCE"),
        ("check.py", "def cases(", "cases"), ("observe.py", "def observe(", "observe"),
        ("mistakes/no_skip.py", "class BasicBlock(", "BasicBlock"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_defined_blocks_the_rest(edit, exercise: Elsewhere, file: str, old: str, name: str):
    assert f"{file} does not define {name}: add it at its top level" in edit(file, old, old.replace(name, "Another"))
    assert shape_of(exercise).blocked


def test_every_symbol_of_an_exercise_has_to_be_there(exercise: Elsewhere):
    problems = shape_of(replace(exercise, symbols=("BasicBlock", "Bottleneck"))).problems
    assert "stub.py does not define Bottleneck: add it at its top level" in problems
    assert "mistakes/no_skip.py does not define Bottleneck: add it at its top level" in problems


def test_what_the_scaffold_left_open_is_told_with_its_place_and_its_words(edit, exercise: Elsewhere):
    problems = edit("stub.py", '"""', f'"""{FILL_IN}: what the learner writes.\n')
    assert problems[0] == f"stub.py, line 1: {FILL_IN}: what the learner writes."
    row = replace(exercise, hints=("one", f"{FILL_IN}: the shapes.", "three"), after=f"\n{FILL_IN}: what is next.\n")
    assert f"curriculum.toml, hint 2: {FILL_IN}: the shapes." in shape_of(row).problems
    assert f"curriculum.toml, after: {FILL_IN}: what is next." in shape_of(row).problems
    assert shape_of(row).blocked


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("EQUATION = ", "EQUATIONS = ", 'has no EQUATION: add EQUATION = "what this code computes"'),
        ('EQUATION = "', f'EQUATION = "{"x + " * 20}', ": a line of its equation is wider than 76 columns: break it"),
        ("HINT = ", "HINT = 3 + ", "has no HINT: add HINT = 1, 2 or 3, the step of the ladder that helps"),
        ("HINT = ", "HINT = 1", "has no HINT: add HINT = 1, 2 or 3, the step of the ladder that helps"),
    ],
)
def test_a_mistake_s_header_that_is_not_well_formed_is_told(edit, old, new, problem):
    (told,) = edit("mistakes/no_skip.py", old, new)
    assert told.removeprefix("mistakes/no_skip.py").strip() == problem


def test_a_mistake_says_whole_sentences_under_a_plain_name(exercise: Elsewhere):
    file = exercise.folder / "mistakes" / "no_skip.py"
    body = file.read_text().split('"""', 2)[2]
    file.write_text(f'"""No skip"""{body}')
    assert shape_of(exercise).problems == (
        "mistakes/no_skip.py: its docstring ends without a full stop: write whole sentences, the learner reads them",
    )
    file.write_text(body)
    assert shape_of(exercise).problems == ("mistakes/no_skip.py has no docstring: write what the learner is told",)
    file.rename(file.with_name("No-Skip.py"))
    assert "mistakes/No-Skip.py: its name becomes an id: use small letters, digits and _" in shape_of(exercise).problems


def test_a_convention_names_its_source_and_says_what_it_is(exercise: Elsewhere):
    file = next(file for file in (exercise.folder / "variants").iterdir() if "CITATION" in file.read_text())
    head, _, rest = file.read_text().partition("CITATION = ")
    body = rest.partition("\n")[2]
    file.write_text(f'{head}CITATION = ""\n{body}')
    assert shape_of(exercise).problems == (
        f"variants/{file.name} has an empty CITATION: name the source of the convention",
    )
    file.write_text(f'CITATION = "a book"\n{head.split(chr(34) * 3, 2)[2]}{body}')
    assert shape_of(exercise).problems == (f"variants/{file.name} has no docstring: write what the learner is told",)


def test_too_few_mistakes_and_variants_are_counted(exercise: Elsewhere):
    for kind, kept in (("mistakes", 6), ("variants", 1)):
        for file in sorted((exercise.folder / kind).glob("*.py"))[kept:]:
            file.unlink()
    assert shape_of(exercise).problems == (
        "mistakes/ has 6 of at least 8 files: add 2 more",
        "variants/ has 1 of at least 3 files: add 2 more right solutions that are written differently",
    )


def test_the_texts_of_the_row_are_measured(exercise: Elsewhere):
    broken = replace(
        exercise, title=" ", equation="x" * 77, hints=("word " * 61, ""), needs=("cnn/nothing", "cnn/resnet")
    )
    assert shape_of(broken).problems == (
        "curriculum.toml: title is empty: write it",
        "curriculum.toml gives 2 hints: write 3",
        "curriculum.toml: hint 1 has 61 words: write 1 to 60",
        "curriculum.toml: hint 2 has 0 words: write 1 to 60",
        "curriculum.toml: a line of its equation is wider than 76 columns: break it",
        "curriculum.toml: needs cnn/nothing, which is no exercise: name one that has a row",
        "curriculum.toml: needs cnn/resnet, which comes later: leave it out, or move one of the two",
    )


@pytest.mark.parametrize("module", ["lessons.checking.case", "models.conv", "einops"])
def test_what_runs_as_a_learner_s_code_does_imports_what_a_learner_may(edit, module: str):
    (problem,) = edit(
        "mistakes/no_skip.py", "from torch import nn\n", f"from torch import nn\nfrom {module} import it\n"
    )
    assert problem.startswith(f"mistakes/no_skip.py imports {module}: it may import torch, ")
    assert edit("mistakes/no_skip.py", f"from {module} ", "from cnn.conv ") == ()
    (problem,) = edit("observe.py", "import torch\n", f"import torch\nimport {module}\n")
    assert problem.startswith(f"observe.py imports {module}: it may import torch, ")


def test_a_reference_needs_an_oracle_of_its_own(exercise: Elsewhere, monkeypatch, tmp_path: Path):
    assert shape_of(exercise).problems == ()
    models = tmp_path / "models"
    (tmp_path / "tests" / "models").mkdir(parents=True)
    models.mkdir()
    (models / "blocks.py").write_text("")
    monkeypatch.setattr("lessons.authoring.shape.MODELS", models)
    monkeypatch.setattr("lessons.solutions.MODELS", models)
    told = "models/blocks.py is held against nothing: add tests/models/test_blocks.py with an independent oracle"
    assert shape_of(exercise).problems == (told,)
    (tmp_path / "tests" / "models" / "test_blocks.py").write_text("")
    assert shape_of(exercise).problems == ()


@pytest.fixture
def cell(tmp_path: Path) -> Elsewhere:
    """A copy of the LSTM cell's content: its files declare the order of the gates."""
    original = exercises_by_id()["rnn/lstm_cell"]
    shutil.copytree(original.folder, tmp_path / "lstm_cell", ignore=shutil.ignore_patterns("__pycache__"))
    values = {field.name: getattr(original, field.name) for field in fields(Exercise)}
    return Elsewhere(**values, content=tmp_path / "lstm_cell")


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("mistakes/g_sigmoid.py", '"ifgo"', '"ifgx"', "mistakes/g_sigmoid.py: CONVENTIONS"),
        ("variants/row_by_row.py", "gate_order", "order", "variants/row_by_row.py: CONVENTIONS has other names"),
        ("stub.py", '{"gate_order": "ifgo"}', '{"gate_order": "ifog"}', "stub.py does not declare the first value of"),
        ("check.py", "def adapted(", "def by(", "check.py does not define adapted: add it at its top level"),
        ("mistakes/g_sigmoid.py", "CONVENTIONS = ", "ORDER = ", "mistakes/g_sigmoid.py does not define CONVENTIONS"),
    ],
)
def test_files_declare_the_conventions_of_their_exercise(cell: Elsewhere, file: str, old: str, new: str, problem: str):
    text = (cell.folder / file).read_text()
    assert old in text
    (cell.folder / file).write_text(text.replace(old, new, 1))
    assert any(problem in each for each in shape_of(cell).problems), shape_of(cell).problems
    assert shape_of(cell).blocked
