"""curriculum.toml against the folders beside it: what does not agree is told before the catalogue trusts it."""

from pathlib import Path

import pytest

from lessons.authoring.rows import row_problems

UNIT = '[[unit]]\nid = "cnn"\nexercises = ["one", "two"]\n'
ROW = """
[[exercise]]
id = "cnn/{name}"
title = "T"
file = "cnn/{name}.py"
symbol = "{name}"
equation = "y = x"
citation = "C"
needs = []
hints = ["a", "b", "c"]
denied = []
after = "A"
"""


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A course of two exercises, sound as it is."""
    for name in ("one", "two"):
        folder = tmp_path / "cnn" / name
        folder.mkdir(parents=True)
        (folder / "stub.py").write_text("")
    (tmp_path / "curriculum.toml").write_text(UNIT + ROW.format(name="one") + ROW.format(name="two"))
    return tmp_path


def change(lessons: Path, old: str, new: str) -> list[str]:
    """The problems after this change of curriculum.toml."""
    file = lessons / "curriculum.toml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    return told(lessons)


def told(lessons: Path) -> list[str]:
    return [problem.sentence.removeprefix("curriculum.toml: ") for problem in row_problems(lessons)]


def test_rows_and_folders_that_agree_have_no_problem(lessons):
    assert told(lessons) == []


def test_the_course_itself_has_no_problem():
    assert row_problems() == []


def test_a_file_that_is_no_toml_is_told_with_its_line(lessons):
    (lessons / "curriculum.toml").write_text('[[unit]]\nid = "cnn\n')
    (problem,) = row_problems(lessons)
    assert problem.fatal
    assert problem.sentence.startswith("curriculum.toml is not readable as TOML (")
    assert "line 2" in problem.sentence


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('title = "T"\nfile = "cnn/one.py"', 'file = "cnn/one.py"', 'cnn/one has no text `title`: add title = "..."'),
        ('id = "cnn/one"\n', "", 'a row has no id: add id = "unit/name"'),
        ('symbol = "one"\n', "", "cnn/one needs either `symbol` or `symbols`: name what the learner's file must "
                                 "define"),
        ('symbol = "one"', "symbols = []", 'cnn/one: what it must define is no name: write symbol = "name" or '
                                           'symbols = ["one", "two"]'),
        ('"one"\nequation = "y = x"\ncitation = "C"\nneeds = []', '"one"\nequation = "y = x"\ncitation = "C"\n'
         "needs = [3]", 'cnn/one: `needs` is no list of texts: write needs = ["..."]'),
        ('symbol = "one"', 'symbol = "one"\nconventions = { order = ["ifgo"] }',
         'cnn/one: `conventions` gives no name two values: write conventions = { name = ["one", "other"] }'),
    ],
)  # fmt: skip
def test_a_row_that_the_catalogue_cannot_read_is_told_first_and_alone(lessons, old, new, problem):
    assert change(lessons, old, new) == [problem]
    assert all(problem.fatal for problem in row_problems(lessons))


def test_a_folder_without_a_row_and_a_row_without_a_folder_are_told(lessons):
    (lessons / "cnn" / "two").rename(lessons / "cnn" / "three")
    assert told(lessons) == [
        "cnn/two has no folder: make lessons/cnn/two/ with stub.py, observe.py and check.py",
        'lessons/cnn/three/ has no row: add [[exercise]] id = "cnn/three" to curriculum.toml',
    ]
    assert [problem.exercise_id for problem in row_problems(lessons)] == ["cnn/two", "cnn/three"]


@pytest.mark.parametrize("part", ["check.py", "oracle.py", "mistakes/x.py"])
def test_any_part_of_an_exercise_makes_a_folder_one(lessons, part):
    file = lessons / "cnn" / "four" / part
    file.parent.mkdir(parents=True)
    file.write_text("")
    assert told(lessons) == ['lessons/cnn/four/ has no row: add [[exercise]] id = "cnn/four" to curriculum.toml']


def test_a_folder_of_figures_is_no_exercise(lessons):
    (lessons / "cnn" / "images").mkdir()
    assert told(lessons) == []


def test_two_rows_of_one_id_and_two_exercises_in_one_file_are_told(lessons):
    twice = ROW.format(name="two")
    assert change(lessons, twice, twice + twice) == [
        "cnn/two has two rows: keep one, or give it another id",
    ]
    assert change(lessons, twice + twice, twice.replace("two.py", "one.py")) == [
        "cnn/one and cnn/two share the file cnn/one.py: give each its own",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('["one", "two"]', '["two"]', 'cnn/one is not in the order of its unit: add "one" to the exercises of cnn'),
        ('["one", "two"]', '["one", "two", "two"]', "cnn lists two twice: leave one"),
        ('file = "cnn/one.py"', 'file = "one.py"', "cnn/one has the file one.py: the learner's file is "
                                                   "cnn/SOMETHING.py"),
    ],
)  # fmt: skip
def test_a_row_out_of_its_place_is_told(lessons, old, new, problem):
    assert change(lessons, old, new) == [problem]


def test_an_id_that_names_no_unit_or_is_no_id_is_told(lessons):
    (lessons / "gnn").mkdir()
    (lessons / "cnn" / "one").rename(lessons / "gnn" / "one")
    moved = change(lessons, 'id = "cnn/one"\ntitle = "T"\nfile = "cnn', 'id = "gnn/one"\ntitle = "T"\nfile = "gnn')
    assert moved == ["gnn/one belongs to no unit: there are cnn"]
    (lessons / "gnn" / "one").rename(lessons / "gnn" / "One")
    assert change(lessons, "gnn/one", "gnn/One") == [
        "gnn/One is no id: write unit/name in small letters, digits and _",
    ]
