from dataclasses import replace

import torch

from lessons.checking.case import Case
from lessons.checking.observations import Difference
from lessons.checking.shrinking import cuts, numbers, shrunk


def a_case(**shapes: tuple[int, ...]) -> Case:
    return Case("a claim", {name: torch.randn(shape) for name, shape in shapes.items()}, {"stride": 2})


def when_it_is(wrong):
    """What an examiner would tell of a submission that is wrong on the cases for which `wrong` holds."""

    def differences_of(cases: list[Case]) -> list[Difference | None]:
        return [Difference(case, "output", "the output is not right") if wrong(case) else None for case in cases]

    return differences_of


def test_axes_of_one_size_are_cut_together():
    shapes = [case.shapes for case in cuts(a_case(x=(2, 3), w=(5, 3)))]
    assert {"x": (2, 1), "w": (5, 1)} in shapes
    assert {"x": (2, 3), "w": (4, 3)} in shapes
    assert not any(shape["x"][1] != shape["w"][1] for shape in shapes)


def test_arguments_and_claim_stay_as_they_are():
    assert all((case.claim, case.arguments) == ("a claim", {"stride": 2}) for case in cuts(a_case(x=(4, 5))))


def test_the_smallest_input_that_still_differs_is_found():
    wrong = when_it_is(lambda case: case.shapes["x"][-1] >= 5)
    (first,) = wrong([a_case(x=(4, 3, 11), w=(2, 3))])
    assert first is not None
    found = shrunk(first, wrong)
    assert found.case.shapes == {"x": (1, 1, 5), "w": (1, 1)}
    assert found.is_smallest


def test_a_difference_that_no_cut_keeps_stays_whole():
    (first,) = when_it_is(lambda _: True)([a_case(x=(4, 6))])
    assert first is not None
    assert shrunk(first, when_it_is(lambda _: False)).case is first.case


def test_another_difference_is_no_smaller_form_of_this_one():
    def differs_elsewhere(cases: list[Case]) -> list[Difference | None]:
        return [Difference(case, "gradient of x", "it is not right") for case in cases]

    (first,) = when_it_is(lambda _: True)([a_case(x=(4, 6))])
    assert first is not None
    assert shrunk(first, differs_elsewhere).case is first.case


def test_a_cut_on_which_something_else_goes_wrong_is_no_smaller_form():
    """Too small an input fails for reasons of its own: a wrong shape, an exception, another exception."""
    (whole,) = when_it_is(lambda _: True)([a_case(x=(4, 6))])
    assert whole is not None
    value = replace(whole, place="output[0]: expected 1, got 2")
    raised = [replace(whole, raised={"~raised": name}) for name in ("ValueError", "IndexError")]
    for first, others in ((value, [whole, *raised]), (raised[0], [whole, value, raised[1]])):
        for other in others:
            assert shrunk(first, differing_as(other)).case is first.case
        assert shrunk(first, differing_as(first)).case.shapes == {"x": (1, 1)}


def differing_as(difference: Difference):
    """An examiner's answer where every cut differs in this way."""

    def differences_of(cases: list[Case]) -> list[Difference | None]:
        return [replace(difference, case=case) for case in cases]

    return differences_of


def test_numbers_are_counted_over_all_tensors():
    assert numbers(a_case(x=(2, 3), w=(5,))) == 11
