"""What of a case is told as the learner's own input."""

import pytest
import torch

from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.assignment import Assignment
from lessons.checking.case import Case
from lessons.checking.failing_input import input_in_words, parameters_of

OBSERVERS_OWN = ("what=", "seed=", "options=", "look=", "modes=", "positional=", "v_dx", "j_dx", "then=", "call=")


def test_tensors_come_with_their_shapes_and_settings_with_their_values():
    case = Case("claim", {"x": torch.zeros(2, 3, 5, 5), "v_dx": torch.zeros(1)}, {"stride": 2, "laws": True, "seed": 3})
    assert input_in_words(exercises_by_id()["cnn/conv2d"], case) == "x (2, 3, 5, 5); stride=2"


def test_options_stand_beside_the_other_settings():
    case = Case("claim", {"x": torch.zeros(2, 3)}, {"options": {"widths": [4], "other": 1}, "run": False})
    assert input_in_words(exercises_by_id()["cnn/resnet"], case) == "x (2, 3); widths=[4]"


def test_a_tensor_that_the_observer_makes_is_told_by_its_shape():
    case = Case("claim", {}, {"weight_shape": [4, 3], "look": "numbers"})
    assert input_in_words(exercises_by_id()["cnn/kaiming_init"], case) == "weight (4, 3)"


def test_where_nothing_is_handed_to_the_learner_nothing_is_told():
    case = Case("claim", {}, {"what": "rate", "iterations": [1]})
    assert input_in_words(exercises_by_id()["cnn/recipe"], case) == ""


@pytest.mark.parametrize("exercise", curriculum().exercises, ids=lambda exercise: exercise.id)
def test_no_case_of_the_course_tells_words_of_the_observer(exercise):
    taken = parameters_of(exercise)
    cases = Assignment(exercise).cases(1)
    told = [input_in_words(exercise, case) for case in cases]
    assert any(told) or not any(case.tensors for case in cases)  # of plain numbers each observation's name tells them
    names = {part.split("=")[0] for words in told for part in words.split("; ")[-1:] if "=" in part}
    assert {name.split(", ")[-1] for name in names} <= taken
    assert not [word for word in OBSERVERS_OWN for words in told if word in words and word.rstrip("=") not in taken]
