import subprocess
import sys

import pytest

from lessons.catalog import LESSONS, Exercise, curriculum, exercises_by_id, lessons_by_id

EXERCISES = curriculum().exercises


def test_every_exercise_has_its_folder_and_every_folder_its_exercise():
    folders = {check.parent for check in LESSONS.glob("*/*/check.py")}
    assert {exercise.folder for exercise in EXERCISES} == folders
    assert folders


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_an_exercise_is_whole(exercise: Exercise):
    for name in ("stub.py", "observe.py", "check.py"):
        assert (exercise.folder / name).is_file()
    assert exercise.id == f"{exercise.unit}/{exercise.name}"
    assert exercise.file.startswith(f"{exercise.unit}/")
    assert exercise.stub == exercise.folder / "stub.py"
    assert all((exercise.title, exercise.symbols, exercise.equation, exercise.citation, exercise.after))
    assert len(exercise.hints) == 3


def test_ids_are_unique_and_the_order_of_the_units_holds_them_all():
    ids = curriculum().exercise_ids
    assert len(ids) == len(set(ids))
    assert {exercise.id for exercise in EXERCISES} <= set(ids)
    assert [unit.id for unit in curriculum().units] == ["cnn", "rnn", "transformer"]


def test_what_an_exercise_needs_comes_before_it():
    place = {exercise_id: index for index, exercise_id in enumerate(curriculum().exercise_ids)}
    for exercise in EXERCISES:
        assert all(place[needed] < place[exercise.id] for needed in exercise.needs), exercise.id


def test_what_is_still_to_come_is_listed_and_has_no_exercise():
    unit = curriculum().units[0]
    built = [exercise.id for exercise in unit.exercises]
    assert built
    assert sorted([*built, *unit.coming]) == sorted(unit.order)
    assert not set(unit.coming) & exercises_by_id().keys()


def test_two_exercises_never_claim_the_same_symbol():
    places = [(exercise.file, symbol) for exercise in EXERCISES for symbol in exercise.symbols]
    assert len(places) == len(set(places))


def test_a_lesson_has_pages_and_leads_to_an_exercise_that_exists():
    assert lessons_by_id()
    for lesson in curriculum().lessons:
        assert lesson.unit in {unit.id for unit in curriculum().units}
        assert lesson.pages
        assert all(page.strip() for page in lesson.pages)
        assert lesson.leads_to is None or lesson.leads_to in exercises_by_id()


@pytest.mark.parametrize("module", ["lessons.catalog", "lessons.fingerprint", "lessons.solutions",
                                    "lessons.checking.verdict"])  # fmt: skip
def test_torch_is_never_loaded_by_what_the_app_uses(module: str):
    code = (
        f"import sys, {module}\nfrom lessons.catalog import curriculum\n"
        "assert [lesson.pages for lesson in curriculum().lessons]\n"
        "print('torch' in sys.modules, 'numpy' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=LESSONS.parent, check=True)
    assert told.stdout == "False False\n"
