import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.figures.pooling import MAP, Matrix, Pooling
from models.pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward

ROOT = Path(__file__).resolve().parents[3]


def matrices(height: int, width: int, lowest: int, highest: int) -> st.SearchStrategy[Matrix]:
    row = st.tuples(*[st.integers(lowest, highest)] * width)
    return st.tuples(*[row] * height)


@st.composite
def poolings(draw: st.DrawFn) -> Pooling:
    size, stride, rows, columns = (draw(st.integers(1, 3)) for _ in range(4))
    padding = draw(st.integers(0, size // 2))
    height, width = (
        (places - 1) * stride + size - 2 * padding + draw(st.integers(0, stride - 1)) for places in (rows, columns)
    )
    if min(height, width) < 1:
        padding, height, width = 0, height + 2 * padding, width + 2 * padding
    image, dy = (
        draw(matrices(height, width, -3, 3)),
        draw(matrices(rows, columns, -9, 9)),
    )  # few values: ties are common
    row, column = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
    kind = draw(st.sampled_from(("max", "mean")))
    return Pooling(image, dy, kind, size, stride, padding, row, column, moved=draw(st.integers(0, width - 1)))


def tensor(numbers: object) -> torch.Tensor:
    return torch.tensor([[float(value) for value in line] for line in numbers], dtype=torch.float64)[None, None]  # type: ignore[attr-defined]


@given(poolings())
@settings(deadline=None)
def test_the_output_is_that_of_the_reference(pooling: Pooling):
    pool = max_pool2d if pooling.kind == "max" else avg_pool2d
    expected = pool(tensor(pooling.x), (pooling.size, pooling.size), pooling.stride, pooling.padding)
    torch.testing.assert_close(tensor(pooling.output), expected, rtol=1e-12, atol=1e-12)


@given(poolings())
@settings(deadline=None)
def test_the_gradient_goes_where_the_reference_sends_it(pooling: Pooling):
    backward = max_pool2d_backward if pooling.kind == "max" else avg_pool2d_backward
    window = (pooling.size, pooling.size)
    expected = backward(tensor(pooling.dy), tensor(pooling.x), window, pooling.stride, pooling.padding)
    torch.testing.assert_close(tensor(pooling.dx), expected, rtol=1e-12, atol=1e-12)


@given(poolings())
@settings(deadline=None)
def test_so_far_means_the_windows_up_to_this_one(pooling: Pooling):
    width = pooling.output_size[1]
    done = pooling.row * width + pooling.column + 1
    shown = [value for line in pooling.output_so_far for value in line]
    everything = [value for line in pooling.output for value in line]
    assert shown == everything[:done] + [None] * (len(everything) - done)
    sent = [value for line in pooling.dy for value in line]
    assert sum(value for line in pooling.dx_so_far for value in line) == sum(sent[:done])
    masked = [value if place < done else 0 for place, value in enumerate(sent)]
    dy = tuple(tuple(masked[start : start + width]) for start in range(0, len(masked), width))
    assert pooling.dx_so_far == replace(pooling, dy=dy).dx


@given(poolings())
@settings(deadline=None)
def test_a_moved_map_is_rolled_and_what_is_kept_is_counted(pooling: Pooling):
    assert tensor(pooling.x).equal(tensor(pooling.image).roll(pooling.moved, dims=3))
    before = replace(pooling, moved=0).output
    pairs = zip((v for line in before for v in line), (v for line in pooling.output for v in line), strict=True)
    assert pooling.kept == len([1 for old, new in pairs if old == new])


def test_the_outputs_move_along_where_the_stride_divides_the_shift():
    assert [Pooling(moved=by).moved_along for by in range(6)] == [9, None, 9, None, 9, None]
    assert Pooling(kind="mean", moved=4).moved_along == 9
    along = Pooling(size=3, padding=1, moved=2).moved_along
    assert along is not None
    assert 3 <= along < 9  # windows at the border hold other pixels


def test_the_shipped_map_shows_ties_negative_windows_and_unequal_shares():
    overlapping = Pooling(size=3, padding=1)
    assert next(stop.value for stop in overlapping.stops()) == -1  # zeros as padding would win
    assert any(stop.values.count(stop.value) > 1 for stop in Pooling().stops() if stop.value > 0)
    assert {len(stop.values) for stop in overlapping.stops()} == {4, 6, 9}
    mean = replace(overlapping, kind="mean")
    assert all(share == int(share) for stop in mean.stops() for share in stop.shares.values())
    assert len({value for line in MAP for value in line}) > 8


def test_windows_that_overlap_add_up_what_they_send():
    overlapping = Pooling(size=3, padding=1)
    wins = [stop.winner for stop in overlapping.stops()]
    twice = next(place for place in wins if place and wins.count(place) > 1)
    senders = [stop.dy[stop.row][stop.column] for stop in overlapping.stops() if stop.winner == twice]
    assert overlapping.dx[twice[0]][twice[1]] == sum(senders)


def test_impossible_windows_and_places_are_refused():
    with pytest.raises(ValueError, match="may hold no pixel at all"):
        Pooling(padding=2)
    with pytest.raises(ValueError, match=r"the output is 3x3: it has no row 3, column 0"):
        Pooling(row=3)
    with pytest.raises(ValueError, match="its gradient is 3x3"):
        Pooling(stride=1)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.pooling as p; p.Pooling().dx; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
