import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lessons.figures.kernel_walk import KernelWalk, Matrix

ROOT = Path(__file__).resolve().parents[3]


def matrices(height: int, width: int) -> st.SearchStrategy[Matrix]:
    row = st.tuples(*[st.integers(-9, 9)] * width)
    return st.tuples(*[row] * height)


@st.composite
def walks(draw: st.DrawFn) -> KernelWalk:
    kh, kw, rows, columns = (draw(st.integers(1, 4)) for _ in range(4))
    image, kernel = draw(matrices(kh + rows - 1, kw + columns - 1)), draw(matrices(kh, kw))
    row, column = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
    return KernelWalk(image, kernel, row, column, draw(st.booleans()))


def torch_output(walk: KernelWalk) -> list[list[int]]:
    image, kernel = (torch.tensor(m, dtype=torch.float64)[None, None] for m in (walk.image, walk.kernel))
    if walk.flipped:
        kernel = kernel.flip(2, 3)
    return torch.nn.functional.conv2d(image, kernel)[0, 0].to(torch.int64).tolist()


@given(walks())
def test_the_output_is_torchs_conv2d_and_a_flip_turns_the_kernel(walk: KernelWalk):
    assert [list(line) for line in walk.output] == torch_output(walk)


@given(walks())
def test_the_sum_adds_up_the_products_of_kernel_and_window(walk: KernelWalk):
    expected = torch.tensor(walk.effective_kernel) * torch.tensor(walk.window)
    assert torch.tensor(walk.products).tolist() == expected.tolist()
    assert walk.sum == int(expected.sum()) == torch_output(walk)[walk.row][walk.column]


@given(walks())
def test_the_output_so_far_hides_exactly_the_positions_to_come(walk: KernelWalk):
    shown = [value for line in walk.output_so_far for value in line]
    everything = [value for line in walk.output for value in line]
    seen = walk.row * walk.output_size[1] + walk.column + 1
    assert shown == everything[:seen] + [None] * (len(everything) - seen)


def test_the_walk_visits_every_position_once_row_by_row():
    walk = KernelWalk()
    height, width = walk.output_size
    places = [(stop.row, stop.column) for stop in walk.stops()]
    assert places == [(i, j) for i in range(height) for j in range(width)]


def test_the_shipped_kernel_finds_the_corner_that_it_looks_like_and_flipped_the_opposite_one():
    def strongest(walk: KernelWalk) -> tuple[int, int]:
        best = max(walk.stops(), key=lambda stop: stop.sum)
        return best.row, best.column

    assert strongest(KernelWalk()) == (1, 1)
    assert strongest(KernelWalk(flipped=True)) == (3, 3)


def test_a_position_outside_the_output_is_refused():
    with pytest.raises(ValueError, match=r"the output is 4x4: it has no row 4, column 0"):
        replace(KernelWalk(), row=4)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.kernel_walk as k; k.KernelWalk().output; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
