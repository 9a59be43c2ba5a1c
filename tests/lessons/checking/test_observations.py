from typing import Any

import pytest
import torch
from torch import Tensor

from lessons.checking.case import Case
from lessons.checking.observations import Seen, agree, first_difference

CASE = Case("the claim", {"x": torch.ones(2, 3)})
META = Case("the claim", {"x": torch.ones(2, 3)}, meta=True)
RIGHT = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], dtype=torch.float64)


def seen(value: Any, name: str = "output") -> Seen:
    return [[name, value], ["inputs changed", []]]


def raised(kind: str = "ValueError", text: str = "no") -> dict[str, Any]:
    return {"~raised": kind, "text": text, "frames": []}


def sentence(theirs: Any, right: Any = RIGHT, case: Case = CASE) -> str:
    difference = first_difference(case, seen(right), seen(theirs))
    return difference.sentence if difference else ""


def test_equal_values_do_not_differ():
    assert sentence(RIGHT.clone()) == ""
    assert sentence(RIGHT.T.contiguous().T) == ""
    assert sentence(RIGHT * (1 + 1e-9)) == ""


@pytest.mark.parametrize(
    ("theirs", "words"),
    [
        (RIGHT[:, :2], "has shape (2, 2), not (2, 3)"),
        (RIGHT.float(), "has dtype float32, not float64"),
        (RIGHT.to("meta"), "is on device meta, its input on cpu"),
        (None, "is None, not a tensor (is a return missing?)"),
        (3.0, "is a float, not a tensor"),
        ([1.0], "is a list, not a tensor"),
        ({"~type": "Liar"}, "is a Liar, not a tensor"),
        (RIGHT * 2, "is not right"),
        (RIGHT * float("nan"), "is not right"),
    ],
    ids=str,
)
def test_the_sentence_says_how_a_tensor_differs(theirs: Any, words: str):
    assert words in sentence(theirs)


def test_one_place_is_shown_and_never_the_array():
    theirs = RIGHT.clone()
    theirs[1, 2], theirs[0, 1] = -7.0, 9.0
    difference = first_difference(CASE, seen(RIGHT), seen(theirs))
    assert difference is not None
    assert difference.place == "output[0, 1]: expected 2, got 9 (2 of 6 values differ)"
    assert "-7" not in difference.sentence + difference.place


def test_a_single_number_is_shown_without_brackets():
    difference = first_difference(CASE, seen(torch.tensor(1.5)), seen(torch.tensor(2.5)))
    assert difference is not None
    assert difference.place == "output: expected 1.5, got 2.5 (1 of 1 values differ)"


def test_not_a_number_in_what_is_expected_is_no_wildcard():
    right = torch.tensor([1.0, float("nan")])
    assert sentence(torch.tensor([1.0, 5.0]), right) != ""
    assert sentence(right.clone(), right) != ""


@pytest.mark.parametrize("wrong", [torch.tensor([1, 2, 4]), torch.tensor([1, 2])], ids=["value", "shape"])
def test_whole_numbers_must_be_equal(wrong: Tensor):
    assert sentence(torch.tensor([1, 2, 3]), torch.tensor([1, 2, 3])) == ""
    assert sentence(wrong, torch.tensor([1, 2, 3])) != ""


def test_without_data_only_shape_dtype_and_device_are_compared():
    right = RIGHT.to("meta")
    assert sentence(torch.zeros(2, 3, dtype=torch.float64, device="meta"), right, META) == ""
    assert "is on device cpu, its input on meta" in sentence(RIGHT, right, META)


@pytest.mark.parametrize(
    ("right", "theirs"), [(3, 4), ("none", "some"), (["a"], ["a", "a"]), (1.5, 1.6), (1, True), (1, 1.0)]
)
def test_plain_values_are_compared_with_their_types(right: Any, theirs: Any):
    assert sentence(right, right) == ""
    assert sentence(theirs, right) == f"the output: expected {right}, got {theirs}"


def test_of_two_lists_only_what_is_missing_or_too_much_is_told():
    assert sentence(["a", "c"], ["a", "b"]) == "the output: missing b; not asked for: c"


def test_numbers_that_have_a_place_each_are_told_as_they_stand():
    assert sentence([3, 4], [4, 4]) == "the output: expected [4, 4], got [3, 4]"


def test_where_nothing_was_expected_nothing_is_more_than_asked():
    assert sentence(["a"], []) == "the output: nothing was expected, but there is a"


def test_yes_and_no_are_told_as_a_sentence():
    case = Case("claim", {})
    found = [
        first_difference(case, [["images left as they were", right]], [["images left as they were", not right]])
        for right in (True, False)
    ]
    assert [difference.sentence for difference in found if difference] == [
        '"images left as they were" should be true, and is false',
        '"images left as they were" should be false, and is true',
    ]


def test_a_long_plain_value_is_cut():
    assert len(sentence(["name"] * 500, ["other"] * 500)) < 300


def test_several_changed_inputs_are_told_as_several():
    difference = first_difference(CASE, [["inputs changed", []]], [["inputs changed", ["shifted", "x"]]])
    assert difference is not None
    assert difference.sentence == "your code changed its inputs shifted and x in place"


def test_a_changed_input_is_named():
    difference = first_difference(CASE, [["inputs changed", []]], [["inputs changed", ["x"]]])
    assert difference is not None
    assert difference.sentence == "your code changed its input x in place"


def test_an_exception_is_told_and_carried():
    difference = first_difference(CASE, seen(RIGHT), [["raised", raised()], ["inputs changed", []]])
    assert difference is not None
    assert difference.sentence == "ValueError: no"
    assert difference.raised == raised()


def test_an_expected_exception_must_be_of_the_same_kind():
    right = [["raised", raised()], ["inputs changed", []]]
    assert first_difference(CASE, right, [["raised", raised(text="other words")], ["inputs changed", []]]) is None
    assert first_difference(CASE, right, [["raised", raised("TypeError")], ["inputs changed", []]]) is not None
    assert first_difference(CASE, right, seen(RIGHT)) is not None


def test_a_missing_or_another_exception_is_told_in_words():
    assert sentence_on_a_refusal(seen(RIGHT)) == "ValueError was expected, none came"
    other = [["raised", raised("KeyError", "'mode'")], ["inputs changed", []]]
    assert sentence_on_a_refusal(other) == "ValueError was expected, KeyError came: 'mode'"


def sentence_on_a_refusal(theirs: Seen) -> str:
    difference = first_difference(CASE, [["raised", raised()], ["inputs changed", []]], theirs)
    return difference.sentence if difference else ""


def test_a_float_is_told_by_six_digits_and_a_whole_one_with_its_point():
    assert sentence(2 / 3, right=0.5) == "the output: expected 0.5, got 0.666667"
    assert sentence(5.0, right=5) == "the output: expected 5, got 5.0"


def test_fewer_more_or_other_observations_are_told():
    def words(theirs: Seen) -> str:
        difference = first_difference(CASE, seen(RIGHT), theirs)
        return difference.sentence if difference else ""

    assert words(seen(RIGHT)[:1]) == "nothing was seen of the inputs changed"
    assert words([*seen(RIGHT), ["gradient", 1]]) == "the gradient is more than was asked"
    assert words(seen(RIGHT, "gradient")) == "expected here: output; what came is: gradient"


def test_two_submissions_agree_when_not_a_number_stands_at_the_same_places():
    one, other = torch.tensor([1.0, float("nan")]), torch.tensor([float("nan"), 1.0])
    assert agree(CASE, seen(one), seen(one.clone()))
    assert not agree(CASE, seen(one), seen(other))
    assert not agree(CASE, seen(one), seen(one)[:1])


def test_exceptions_agree_by_kind_and_without_data_by_words_too():
    one, other = seen(raised(text="of size 3")), seen(raised(text="of size 4"))
    assert agree(CASE, one, other)
    assert not agree(META, one, other)
    assert not agree(CASE, one, seen(raised("TypeError")))


@pytest.mark.parametrize(
    ("name", "right", "theirs", "words"),
    [
        ("invariant: the layer is linear", True, False, "it does not hold that the layer is linear"),
        ("torch's settings changed", [], ["gradient mode"], "your code left torch's gradient mode changed"),
    ],
)
def test_a_broken_invariant_and_a_changed_setting_are_told_as_sentences(name: str, right: Any, theirs: Any, words: str):
    difference = first_difference(CASE, seen(right, name), seen(theirs, name))
    assert difference is not None
    assert difference.sentence.startswith(words)
