"""`new exercise`: what it makes in a clone, and what it refuses before the first file is written."""

import difflib
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from lessons.authoring.rows import row_problems
from lessons.authoring.scaffold import NotScaffolded, new_exercise
from lessons.authoring.shape import FILL_IN
from lessons.catalog import LESSONS


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The parts of the repository that an author writes to."""
    for folder in ("lessons", "models"):
        shutil.copytree(LESSONS.parent / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(LESSONS.parent / "pyproject.toml", tmp_path)
    return tmp_path


def rows(clone: Path) -> list[str]:
    return [row["id"] for row in tomllib.loads((clone / "lessons" / "curriculum.toml").read_text())["exercise"]]


def files(clone: Path) -> dict[str, bytes]:
    return {str(path.relative_to(clone)): path.read_bytes() for path in clone.rglob("*") if path.is_file()}


def refused(clone: Path, exercise_id: str) -> NotScaffolded:
    before = files(clone)
    with pytest.raises(NotScaffolded) as caught:
        new_exercise(exercise_id, clone)
    assert files(clone) == before, "nothing was made"
    return caught.value


def test_it_makes_one_folder_one_row_and_one_module(clone):
    before = files(clone)
    made = new_exercise("cnn/global_average_pool", clone)
    after = files(clone)
    assert set(after) - set(before) == set(made.created)
    assert [path for path in before if before[path] != after[path]] == [made.changed]
    assert made.created == (
        "lessons/cnn/global_average_pool/stub.py",
        "lessons/cnn/global_average_pool/observe.py",
        "lessons/cnn/global_average_pool/check.py",
        "lessons/cnn/global_average_pool/mistakes/first_mistake.py",
        "lessons/cnn/global_average_pool/variants/first_variant.py",
        "models/global_average_pool.py",
    )
    assert row_problems(clone / "lessons") == []


def test_every_file_is_python_that_says_what_is_to_be_filled_in(clone):
    for path in new_exercise("cnn/global_average_pool", clone).created:
        text = (clone / path).read_text()
        compile(text, path, "exec")
        assert FILL_IN in text
        assert not re.search(r"\$\w", text), "a place of the template was left as it is"
        assert all(len(line) <= 120 for line in text.splitlines())


def test_a_new_name_comes_last_in_its_unit_and_its_row_after_the_last_one_of_it(clone):
    before = rows(clone)
    last = [exercise_id for exercise_id in before if exercise_id.startswith("cnn/")][-1]
    new_exercise("cnn/global_average_pool", clone)
    place = before.index(last) + 1
    assert rows(clone) == [*before[:place], "cnn/global_average_pool", *before[place:]]
    unit = tomllib.loads((clone / "lessons" / "curriculum.toml").read_text())["unit"][0]
    assert unit["exercises"][-1] == "global_average_pool"


def test_a_name_that_the_course_knows_keeps_its_place_in_the_order(clone):
    table = clone / "lessons" / "curriculum.toml"
    text = table.read_text()
    for known, with_new in (
        ('"conv2d_backward"', '"in_between", "conv2d_backward"'),
        ('"rnn_forward"', '"ahead", "rnn_forward"'),
        ('"complexity"', '"complexity", "behind"'),
    ):
        assert text.count(f"    {known}") + text.count(f", {known}") == 1
        text = text.replace(known, with_new, 1)
    table.write_text(text)
    units = tomllib.loads(text)["unit"]
    order = [f"{unit['id']}/{name}" for unit in units for name in unit["exercises"]]
    before, begun = rows(clone), ("transformer/behind", "rnn/ahead", "cnn/in_between")
    for exercise_id in begun:
        new_exercise(exercise_id, clone)
    assert rows(clone) == [each for each in order if each in (*before, *begun)]
    assert tomllib.loads(table.read_text())["unit"] == units


def test_what_others_wrote_in_the_table_stays_as_it_is(clone):
    text = (clone / "lessons" / "curriculum.toml").read_text()
    new_exercise("cnn/global_average_pool", clone)
    changed = (clone / "lessons" / "curriculum.toml").read_text()
    gone = [line for line in difflib.ndiff(text.splitlines(), changed.splitlines()) if line.startswith("- ")]
    assert len(gone) == 1, "only the last line of the unit's order is another one"
    assert f'{gone[0][2:].rstrip(",")}, "global_average_pool",' in changed


def test_an_installed_package_is_no_place_for_a_new_exercise(clone):
    (clone / "pyproject.toml").unlink()
    refusal = refused(clone, "cnn/global_average_pool")
    assert "installed package" in refusal.thing
    assert refusal.next_step.startswith("clone it, run pip install -e '.[dev]' there")
    (clone / "pyproject.toml").write_text('[project]\nname = "another"\n')
    assert "installed package" in refused(clone, "cnn/global_average_pool").thing


@pytest.mark.parametrize(
    ("exercise_id", "thing", "next_step"),
    [
        ("cnn/conv2d", "There is an exercise cnn/conv2d already.", "choose another name, or work on that one"),
        ("cnn/conv", "models/conv.py is there already; nothing was made.", "choose another name, or move it away"),
        ("pool", '"pool" is no id: it is a unit and a name.', "write it as cnn/pool"),
        ("cnn/", '"cnn/" is no id: it is a unit and a name.', "write it as cnn/cnn"),
        ("cnm/pool", 'No unit is called "cnm"; there are cnn, rnn, transformer.', "try cnn/pool"),
        ("cnn/MyPool-2", '"MyPool-2" is no name: small letters, digits and _, a letter first.', "try cnn/my_pool_2"),
        ("cnn/../x", '"../x" is no name: small letters, digits and _, a letter first.', "try cnn/x"),
        ("cnn/2d", '"2d" is no name: small letters, digits and _, a letter first.', "try cnn/d"),
        ("cnn/lambda", '"lambda" is a word of Python, and no function can be called so.', "try cnn/lambda_layer"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_one_that_can(clone, exercise_id, thing, next_step):
    refusal = refused(clone, exercise_id)
    assert (refusal.thing, refusal.next_step) == (thing, next_step)


def test_a_folder_without_a_row_is_not_written_over(clone):
    (clone / "lessons" / "cnn" / "global_average_pool").mkdir()
    assert refused(clone, "cnn/global_average_pool").thing == (
        "lessons/cnn/global_average_pool is there already; nothing was made."
    )


def test_a_table_in_another_form_is_left_to_its_author(clone):
    table = clone / "lessons" / "curriculum.toml"
    table.write_text(table.read_text().replace('[[unit]]\nid = "cnn"', '[[unit]]  # the first\nid = "cnn"'))
    refusal = refused(clone, "cnn/global_average_pool")
    assert refusal.thing == "The curriculum has a form in which this verb cannot write (the exercises of cnn)."
    table.write_text("[[unit")
    assert refused(clone, "cnn/global_average_pool").thing == "The curriculum cannot be read."
