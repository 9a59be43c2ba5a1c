import subprocess
import sys
from dataclasses import replace
from math import sqrt
from pathlib import Path

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lessons.figures.receptive_field import CONV3, POOL2, Stack, Step, resnet_convolutions
from models.receptive_field import receptive_field

ROOT = Path(__file__).resolve().parents[3]
CONVOLUTIONS = st.builds(Step, st.just("conv"), st.sampled_from((1, 3, 5)), st.integers(1, 2), st.integers(1, 3))
POOLINGS = st.builds(Step, st.just("pool"), st.integers(2, 3), st.integers(1, 2))


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    stack = Stack(tuple(draw(st.lists(st.one_of(CONVOLUTIONS, POOLINGS), max_size=4))), image_size=64)
    return replace(stack, output=draw(st.integers(0, stack.size - 1)))


def gradient_by_torch(stack: Stack, length: int, place: int, padded: bool) -> list[int]:
    """How often each pixel enters one number of the topmost map: its gradient where every weight is 1."""
    x = torch.ones(1, 1, length, dtype=torch.float64, requires_grad=True)
    y = x
    for step in stack.steps:
        ones = torch.ones(1, 1, step.kernel_size, dtype=torch.float64)
        padding = step.padding if padded else 0
        y = torch.nn.functional.conv1d(y, ones, None, step.stride, padding, step.dilation)
    y[0, 0, place].backward()
    assert x.grad is not None
    return [int(value) for value in x.grad[0, 0]]


@given(stacks())
@settings(deadline=None)
def test_the_paths_are_the_gradient_through_weights_of_one(stack: Stack):
    assert gradient_by_torch(stack, stack.field, 0, padded=False) == list(stack.paths)


@given(stacks())
@example(Stack((CONV3, POOL2, CONV3), output=7))
@example(Stack((CONV3, Step("conv", 3, 2, 2), CONV3), output=5))
@settings(deadline=None)
def test_the_field_lies_where_a_padded_net_has_its_gradient(stack: Stack):
    reached = gradient_by_torch(stack, stack.image_size, stack.place, padded=True)
    inside = [0] * stack.image_size
    for pixel, count in enumerate(stack.paths, stack.start):
        if 0 <= pixel < stack.image_size:
            inside[pixel] = count
    if stack.in_padding:  # a path that leaves a map through its padding ends there
        assert all(count <= most for count, most in zip(reached, inside, strict=True))
    else:
        assert reached == inside


@given(stacks())
def test_field_and_jump_are_those_of_the_reference_and_the_paths_cover_the_field(stack: Stack):
    rows = receptive_field([step.description for step in stack.steps], 1, stack.image_size, stack.image_size)
    assert (stack.field, stack.jump) == ((rows[-1]["field"], rows[-1]["jump"]) if rows else (1, 1))
    assert len(stack.paths) == stack.field
    assert stack.paths[0] > 0
    assert stack.paths[-1] > 0
    total = 1
    for step in stack.steps:
        total *= step.kernel_size
    assert sum(stack.paths) == total


@given(stacks())
def test_the_spread_is_the_standard_deviation_of_the_paths(stack: Stack):
    counts = torch.tensor(stack.paths, dtype=torch.float64)
    places = torch.arange(len(counts), dtype=torch.float64)
    mean = (counts * places).sum() / counts.sum()
    variance = (counts * (places - mean) ** 2).sum() / counts.sum()
    assert stack.spread == pytest.approx(sqrt(variance), abs=1e-9)
    assert mean == pytest.approx((stack.field - 1) / 2)


@given(stacks(), st.sampled_from((0.5, 0.9, 0.95)))
def test_the_width_is_the_smallest_middle_part_that_holds_the_share(stack: Stack, share: float):
    def held(width: int) -> float:
        margin = (stack.field - width) // 2
        return sum(stack.paths[margin : stack.field - margin]) / sum(stack.paths)

    width = stack.width_of(share)
    assert held(width) >= share - 1e-12
    assert width <= 2 or held(width - 2) < share


@given(stacks())
def test_what_is_seen_of_the_image_are_the_pixels_with_a_path(stack: Stack):
    middles, jump = stack.seen_in(0)
    assert jump == 1
    assert [middle // 2 for middle in middles] == [place for place, count in enumerate(stack.paths) if count]
    assert stack.seen_in(len(stack.steps))[0] == (stack.field - 1,)


@pytest.mark.parametrize(("depth", "blocks", "fields"), [(20, 3, (15, 37, 81)), (56, 9, (39, 109, 249))])
def test_the_fields_of_the_papers_nets_by_stage(depth: int, blocks: int, fields: tuple[int, ...]):
    steps = resnet_convolutions(blocks)
    assert len(steps) + 1 == depth  # the linear layer is counted too
    stack = Stack(steps)
    ends = [2 * blocks, 4 * blocks, 6 * blocks]
    assert tuple(stack.rows[end]["field"] for end in ends) == fields
    assert [stack.rows[end]["shape"][1] for end in ends] == [32, 16, 8]
    assert [stack.rows[end]["jump"] for end in ends] == [1, 2, 4]


def test_a_stack_for_which_the_image_has_no_room_is_refused():
    with pytest.raises(ValueError, match="does not fit into 1"):
        Stack().with_steps((POOL2,) * 6)


def test_places_of_the_field_outside_the_image_are_counted():
    assert Stack((CONV3,), output=0).in_padding == 1
    assert Stack((CONV3,), output=16).in_padding == 0
    stack = Stack(resnet_convolutions(3))
    assert (stack.start, stack.in_padding) == (4 * 4 - 40, 81 - 32)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.receptive_field as r; r.Stack().paths; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
