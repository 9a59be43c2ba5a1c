import pytest

from lessons.figures.unrolling import TEXT, Unrolling
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.unrolling import draw_unrolling
from tutor.drawing.rows import cells, plain


def test_states_weights_sum_and_counts_of_one_step():
    assert plain(draw_unrolling(Unrolling("hel", step=2, unit=1), 76, ASCII)) == [
        "step         0     1     2     3",
        "reads              h     e     l",
        "h[0]      0.00  0.86  0.51  0.39",
        "h[1]      0.00 -0.60[ 0.66] 0.81",
        "h[2]      0.00  0.54  0.42 -0.23",
        "",
        "  W for    h    e    l    o  U for h[0] h[1] h[2]      b",
        "         1.2 -0.7  0.4 -1.1         0.6 -0.8  0.3    0.1",
        ">       -0.5  0.9  0.8  0.3         0.7  0.5 -0.4   -0.2",
        "         0.6  0.5 -0.9  1.0        -0.2  0.6  0.9    0.0",
        "",
        "h_2[1] = tanh(W[1,e] + U[1,0] h_1[0] + U[1,1] h_1[1] + U[1,2] h_1[2] + b[1])",
        "       = tanh(0.9 + 0.7 x 0.86 + 0.5 x (-0.60) + (-0.4) x 0.54 + (-0.2))",
        "       = tanh(0.79) = 0.66",
        "",
        "W, U, b shared by all steps   24 #############",
        "of each step's own            72 ########################################",
        "one layer over the window     39 ######################",
    ]


def test_after_another_character_the_states_tell_how_far_they_moved():
    rows = plain(draw_unrolling(Unrolling("eello", step=1), 76, ASCII))
    assert rows[1].split() == ["reads", "e", "e", "l", "l", "o"]
    assert rows[5].split()[:3] == ["moved", "0.00", "1.85"]
    assert len(rows) == 18


@pytest.mark.parametrize("text", [TEXT, "eeeeeeeee", "o", "lo"])
def test_every_step_and_unit_fits_into_76_columns_and_18_rows_uncut(text: str):
    for step in range(1, len(text) + 1):
        for unit in range(3):
            rows = draw_unrolling(Unrolling(text, step, unit), 76, UNICODE)
            assert len(rows) == 18
            assert {cells(row) for row in rows} == {76}
            assert not any("…" in row for row in plain(rows))


@pytest.mark.parametrize("width", [20, 40, 58])
def test_a_narrow_figure_is_cut_or_made_smaller_but_never_wider(width: int):
    rows = draw_unrolling(Unrolling(), width, ASCII)
    assert {cells(row) for row in rows} == {width}
    assert width < 58 or not any(row.endswith("~") for row in plain(rows))
