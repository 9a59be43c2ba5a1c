"""What the lesson on receptive fields and its questions say in numbers, computed again by the references and torch."""

from dataclasses import replace
from itertools import product
from math import log2, sqrt

import pytest
import torch

from lessons.catalog import lessons_by_id
from lessons.figures.receptive_field import CONV3, POOL2, Stack, Step, resnet_convolutions
from lessons.questions.bank import questions_file, read_questions
from lessons.questions.numeric import NumericVariant
from models.resnet import ResNet

LESSON = lessons_by_id()["cnn/receptive_fields"]
QUESTIONS = {question.id.split("/")[-1]: question for question in read_questions(questions_file(LESSON))}
TWENTY = (CONV3,) * 20


def page(title: str) -> str:
    """The words of one page, every run of spaces made one."""
    found = next(text for text in LESSON.pages if text.lstrip("# ").startswith(title))
    return " ".join(found.split())


def variants(name: str) -> list[NumericVariant]:
    made = [QUESTIONS[name].variant(seed) for seed in range(40)]
    return [variant for variant in made if isinstance(variant, NumericVariant)]


def conv(size: int, stride: int = 1, dilation: int = 1) -> Step:
    return Step("conv", size, stride, dilation)


def test_a_corner_is_an_and_of_two_edges():
    answers = {(h, v): max(h + v - 1, 0) for h, v in product((0, 1), repeat=2)}
    assert answers == {(0, 0): 0, (0, 1): 0, (1, 0): 0, (1, 1): 1}


def test_where_a_stride_stands_decides_what_it_widens():
    strided = replace(CONV3, stride=2)
    assert Stack((CONV3,) * 10).field == 21
    assert (Stack((strided, *(CONV3,) * 9)).field, Stack((*(CONV3,) * 9, strided)).field) == (39, 21)
    assert "see 21 pixels. With stride 2 in the first they see 39, with stride 2 in the last still 21" in page(
        "How wide"
    )


def test_where_the_last_map_of_resnet_20_looks():
    stacks = [Stack(resnet_convolutions(3), output=i) for i in range(8)]
    middles = [stack.start + (stack.field - 1) / 2 for stack in stacks]
    assert middles == [4 * i for i in range(8)]
    assert sum(middles) / 8 == 14
    assert [(s.start, s.start + s.field - 1) for s in (stacks[0], stacks[7])] == [(-40, 40), (-12, 68)]
    assert all(stack.start <= 0 and stack.start + stack.field >= 32 for stack in stacks)
    assert "number 0 sees -40 to 40, number 7 sees -12 to 68" in page("Where does it lie")


def test_the_paths_of_the_derivation():
    text = page("What counts")
    for layers in (2, 4):
        assert f"{layers} layers of 3 {' '.join(map(str, Stack((CONV3,) * layers).paths))}" in text


def test_the_table_of_depths():
    stacks = [Stack((CONV3,) * layers) for layers in (10, 20, 40, 80)]
    text = page("What counts")
    assert "field " + " ".join(str(stack.field) for stack in stacks) in text
    assert "95% of the paths " + " ".join(str(stack.width_of(0.95)) for stack in stacks) in text
    for layers, stack in zip((10, 20, 40, 80), stacks, strict=True):
        assert stack.spread == pytest.approx(sqrt(2 * layers / 3))
        assert stack.width_of(0.95) == pytest.approx(4 * stack.spread, abs=1)


def test_random_weights_have_the_number_of_paths_as_mean_square_gradient():
    squares = torch.zeros(7, dtype=torch.float64)
    for signs in product((-1.0, 1.0), repeat=9):  # all weights of three layers: mean 0, variance 1, exactly
        x = torch.zeros(1, 1, 7, dtype=torch.float64, requires_grad=True)
        y = x
        for layer in range(3):
            weights = torch.tensor(signs[3 * layer : 3 * layer + 3], dtype=torch.float64)
            y = torch.nn.functional.conv1d(y, weights[None, None])
        squares += torch.autograd.grad(y.sum(), x)[0][0, 0] ** 2
    assert [round(square) for square in (squares / 2**9).tolist()] == list(Stack((CONV3,) * 3).paths)


def test_shortcuts_narrow_what_counts():
    stack = Stack(resnet_convolutions(3))
    variance = [jump**2 * 2 / 3 for jump in stack.jumps_below]
    narrowed = sqrt(variance[0] + sum(variance[1:]) / 2)
    assert f"spread {stack.spread:.2f} without the shortcuts, {narrowed:.2f} with them" in page("Less equal")


def test_the_table_of_the_papers_nets():
    lines = [line for text in LESSON.pages for line in text.splitlines()]
    for blocks, stages in ((3, (0, 1, 2, 3)), (9, (1, 2, 3))):
        for stage in stages:
            stack = Stack(resnet_convolutions(blocks)[: 1 + 2 * blocks * stage])
            channels = 16 * 2 ** max(stage - 1, 0)
            numbers = f"{channels}x{stack.size}x{stack.size} | {stack.jump} | {stack.field} | {stack.width_of(0.95)} |"
            name = f"stage {stage}" if stage else "stem"
            assert any(f"| {name} | {numbers}" in line for line in lines), numbers
    assert 81 + 7 * 4 == 109
    assert "81 + 7 x 4 = 109" in page("The field of your net")


@pytest.mark.parametrize("blocks", [3, 9])
def test_the_convolutions_counted_are_those_of_the_reference_net(blocks):
    net = ResNet((blocks,) * 3)
    convolutions = [part for part in net.modules() if isinstance(part, torch.nn.Conv2d)]
    described = [(part.kernel_size[0], part.stride[0], part.padding[0]) for part in convolutions]
    assert described == [(step.kernel_size, step.stride, step.padding) for step in resnet_convolutions(blocks)]


def test_four_ways_to_a_field_of_63():
    ways = {
        "one 63x63 kernel": (conv(63),),
        "3x3, stride 1": (CONV3,) * 31,
        "3x3, stride 2": (conv(3, 2),) * 5,
        "3x3, dilation 1 2 4 8 16": tuple(conv(3, 1, 2**i) for i in range(5)),
    }
    text = page("Why this and not that")
    for name, steps in ways.items():
        stack = Stack(steps, image_size=256)
        assert (stack.field, min(stack.paths) > 0) == (63, True)
        numbers = sum(step.kernel_size**2 for step in steps)
        side = f"1/{stack.jump}" if stack.jump > 1 else "whole"
        assert f"| {name} | {len(steps)} | {numbers:,} C^2 | {side} | {stack.width_of(0.95)} |" in text
    assert log2(63 + 1) - 1 == 5
    assert sum(9 / 4**layer for layer in range(1, 6)) == pytest.approx(3, abs=0.01)
    assert 0 in Stack((conv(3, 1, 2),) * 3).paths


def test_what_the_figure_asks_for_takes_four_layers():
    strided, dilated = (conv(3, 2),) * 4, tuple(conv(3, 1, 2**i) for i in range(4))
    for steps in (strided, dilated):
        assert Stack(steps).field == 31
        assert 0 not in Stack(steps).paths
    assert 3**3 < 31  # three layers have 27 paths: too few for 31 pixels


def test_the_answers_of_the_numeric_questions():
    for variant in variants("middle-and-corner"):
        paths = Stack((conv(int(variant.values["k"])),) * 2).paths
        assert variant.answer == (max(paths) / paths[0]) ** 2
    for variant in variants("three-layers"):
        k, s, d = (int(variant.values[name]) for name in "ksd")
        assert variant.answer == Stack((conv(k, s), POOL2, conv(3, 1, d)), image_size=256).field
    for variant in variants("spread"):
        low, high = (int(variant.values[name]) for name in ("low", "high"))
        assert variant.answer == pytest.approx(Stack(((CONV3,) * low) + (POOL2,) + (CONV3,) * high).spread)


def test_what_the_choices_say_of_twenty_layers():
    before = Stack(TWENTY)
    assert before.field == 41
    assert Stack((conv(3, 2), *TWENTY[1:])).field == 79
    assert Stack((*TWENTY[1:], conv(3, 2))).field == 41
    dilated = Stack((conv(3, 1, 3), *TWENTY[1:]))
    assert (dilated.field, dilated.spread) == (45, pytest.approx(Stack((CONV3,) * 28).spread))
    deep = Stack((CONV3,) * 80)
    assert (deep.field, deep.spread) == (161, pytest.approx(2 * before.spread))
    assert (before.width_of(0.95), deep.width_of(0.95)) == (15, 29)
    holes = Stack((conv(3, 1, 2),) * 20)
    assert (holes.field, 0 in holes.paths) == (81, True)
    wide = Stack((conv(5),) * 10)
    assert (wide.field, wide.spread**2) == (41, pytest.approx(20))
    assert (Stack((POOL2, *TWENTY)).field, Stack((*TWENTY, POOL2)).field) == (82, 42)
