from tutor.drawing.charset import ASCII
from tutor.drawing.rows import plain
from tutor.figures.pooling import PoolingFigure


def pressed(*keys: str) -> PoolingFigure:
    figure = PoolingFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def test_arrows_step_on_at_the_end_of_a_row_and_round_at_the_end_of_the_map():
    assert (pressed("right", "right", "right").state.row, pressed("right", "right", "right").state.column) == (1, 0)
    assert (pressed("left").state.row, pressed("left").state.column) == (2, 2)
    assert (pressed("down", "down", "down", "right").state.row, pressed("up").state.row) == (0, 2)


def test_keys_switch_kind_way_back_and_window_and_home_goes_to_the_start():
    assert [pressed("x").state.kind, pressed("x", "x").state.kind] == ["mean", "max"]
    assert pressed("r").state.backward
    assert not pressed("r", "r").state.backward
    wide = pressed("w").state
    assert (wide.size, wide.stride, wide.padding, pressed("w", "w").state.size) == (3, 2, 1, 2)
    home = pressed("m", "down", "r", "home").state
    assert (home.row, home.column, home.moved, home.backward) == (0, 0, 0, True)


def test_a_map_moved_by_its_own_width_is_the_same_again():
    assert pressed(*["m"] * 6).state == PoolingFigure().state
    assert pressed("m").state.kept < 9


def test_other_keys_are_left_to_the_lesson_and_the_line_of_keys_fits():
    figure = PoolingFigure()
    before = figure.state
    assert not any(figure.press(key) for key in ("n", "p", "space", "f", "q", "o", "enter", "escape", "?"))
    assert figure.state == before
    assert len(figure.keys) <= 76
    assert plain(figure.draw(76, ASCII))[0].startswith(" map x")
