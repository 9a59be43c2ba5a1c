from hypothesis import given
from hypothesis import strategies as st

from tutor.drawing.raster import braille, rasterise, reduce_to_columns

BRAILLE, ASCII = (2, 4), (1, 1)


def test_a_spike_of_one_step_among_a_million_is_kept():
    points = [(float(step), 0.0) for step in range(100_000)]
    points[54_321] = (54_321.0, 9.0)
    extents = reduce_to_columns(points, 152, 0, 99_999)
    assert len(extents) == 152
    assert [extent for extent in extents.values() if extent != (0.0, 0.0)] == [(0.0, 9.0)]


def test_a_rising_line_goes_from_the_lower_left_to_the_upper_right_without_a_hole():
    cells = rasterise([(0, 0.0), (10, 1.0)], 10, 5, (0, 10), (0.0, 1.0), ASCII)
    assert (0, 4) in cells
    assert (9, 0) in cells
    assert {column for column, _ in cells} == set(range(10))


def test_a_flat_line_at_the_top_fills_the_upper_dots_only():
    cells = rasterise([(0, 1.0), (10, 1.0)], 4, 3, (0, 10), (0.0, 1.0), BRAILLE)
    assert {row for _, row in cells} == {0}
    assert {braille(bits) for bits in cells.values()} == {"⠉"}


def test_a_single_point_is_one_dot():
    assert sum(bits.bit_count() for bits in rasterise([(5, 0.5)], 9, 4, (0, 10), (0, 1), BRAILLE).values()) == 1


@given(
    st.lists(st.tuples(st.integers(0, 100), st.floats(0, 1)), min_size=1, max_size=50),
    st.integers(1, 40),
    st.integers(1, 20),
    st.sampled_from([BRAILLE, ASCII]),
)
def test_dots_stay_inside_the_picture_and_columns_are_joined(points, width, height, dots):
    points = sorted(points)
    cells = rasterise(points, width, height, (0, 100), (0.0, 1.0), dots)
    assert all(0 <= column < width and 0 <= row < height for column, row in cells)
    columns = sorted({column for column, _ in cells})
    assert columns == list(range(columns[0], columns[-1] + 1))
