"""A refusal says what, where and what next, whichever room it came from."""

import pytest

from models.data_store import DataDamaged, DataMissing
from models.runs import RunNotFound
from progress.record_errors import RecordBusy
from tutor.refusals import NOT_VERIFIABLE, WRONG_USAGE, Refusal, as_refusal, find_exercise, find_lesson


def test_a_refusal_is_three_lines():
    assert str(Refusal("A thing.", "a place", "a step")) == "A thing.\n  where: a place\n  next:  a step"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RunNotFound("thing", "place", "step"), WRONG_USAGE),
        (RecordBusy("thing", "place", "step"), WRONG_USAGE),
        (DataDamaged("thing", "place", "step"), WRONG_USAGE),
        (DataMissing("thing", "place", "step"), NOT_VERIFIABLE),
    ],
)
def test_another_room_s_error_is_told_alike_and_keeps_its_exit_code(error, code):
    refusal = as_refusal(error)
    assert refusal == Refusal("thing", "place", "step", code)


@pytest.mark.parametrize("error", [ValueError("a bug"), OSError(2, "no such file"), KeyError("place")])
def test_any_other_error_is_none_of_ours(error):
    assert as_refusal(error) is None


def test_a_refusal_stays_itself():
    refusal = Refusal("thing", "place", "step", NOT_VERIFIABLE)
    assert as_refusal(refusal) is refusal


def test_an_exercise_is_found_or_the_closest_is_named():
    assert find_exercise("cnn/resnet").symbol == "ResNet"
    with pytest.raises(Refusal, match="cnn/batchnorm2d"):
        find_exercise("batchnorm")


def test_an_exercise_of_a_later_version_is_refused_as_to_come(an_exercise_to_come):
    with pytest.raises(Refusal) as refusal:
        find_exercise(an_exercise_to_come)
    assert refusal.value.exit_code == NOT_VERIFIABLE


def test_a_lesson_is_found_or_the_closest_is_named():
    assert find_lesson("cnn/convolution").title
    with pytest.raises(Refusal) as refusal:
        find_lesson("convolution")
    assert refusal.value.next_step == "try: phase3-tutor lesson cnn/convolution"
