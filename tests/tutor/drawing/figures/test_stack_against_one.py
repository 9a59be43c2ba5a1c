import pytest

from lessons.figures.stack_against_one import FIELDS, StackAgainstOne
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.stack_against_one import draw_stack_against_one
from tutor.drawing.rows import cells, plain


def test_three_layers_of_3x3_stand_beside_one_7x7():
    assert plain(draw_stack_against_one(StackAgainstOne(), 76, ASCII)) == [
        " seen by o: 7x7  64 channels in and out, 32x32, no biases",
        " 3 3 3 3 3 3 3",
        " 3 2 2 2 2 2 3      kernels  field after    weights mult-adds ReLUs",
        " 3 2 1 1 1 2 3      7                  7    200,704   205.5 M     1",
        " 3 2 1 o 1 2 3      5-3              5 7    139,264   142.6 M     2",
        " 3 2 1 1 1 2 3    > 3-3-3          3 5 7    110,592   113.2 M     3",
        " 3 2 2 2 2 2 3",
        " 3 3 3 3 3 3 3",
        "",
        " weights, multiply-adds",
        "   one kernel  ######################################### 200,704",
        "   3 layers    ####################### 110,592  55 %",
        " outputs kept for backward",
        "   one kernel  ############## 65,536",
        "   3 layers    ######################################### 196,608  300 %",
    ]


def test_a_stack_of_unequal_kernels_is_ringed_from_its_last_kernel_outwards():
    rows = plain(draw_stack_against_one(StackAgainstOne(field=7, layers=2), 76, ASCII))
    rings = [row[:15].split() for row in rows[1:5]]
    assert ["".join(ring) for ring in rings] == ["2222222", "2222222", "2211122", "221o122"]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("channels", "size"), [(1, 8), (512, 224)])
def test_the_largest_numbers_fit_into_76_columns_and_18_rows(field: int, channels: int, size: int):
    for layers in range(1, (field - 1) // 2 + 1):
        rows = draw_stack_against_one(StackAgainstOne(field, layers, channels, size), 76, UNICODE)
        assert len(rows) <= 18
        assert {cells(row) for row in rows} == {76}
        assert not any("…" in row for row in plain(rows))


@pytest.mark.parametrize("width", [20, 40, 58])
def test_a_narrow_figure_is_cut_or_made_smaller_but_never_wider(width: int):
    rows = draw_stack_against_one(StackAgainstOne(11, 5), width, ASCII)
    assert {cells(row) for row in rows} == {width}
    if width == 58:
        assert not any("~" in row for row in plain(rows))
