from textual.geometry import Region

from tests.tutor.screens.harness import Harness, words
from tutor.drawing.rows import Row
from tutor.widgets.picture import Picture, changed_span


def test_only_the_cells_between_the_first_and_the_last_difference_changed():
    assert changed_span([("abcdef", "")], [("abXYef", "")]) == (2, 4)
    assert changed_span([("abc", "")], [("abc", "red")]) == (0, 3)
    assert changed_span([("abc", "")], [("abcd", "")]) == (3, 4)
    assert changed_span([("ab", ""), ("c", "")], [("abc", "")]) is None
    assert changed_span([], []) is None


def test_a_row_with_wide_characters_is_repainted_whole():
    assert changed_span([("日本", "")], [("日木", "")]) == (0, 4)


async def test_a_picture_is_drawn_at_the_size_it_has_and_again_when_that_changes():
    picture = Picture(lambda width, height: [[(f"{width}x{height}", "")]])
    async with Harness(picture).run_test(size=(40, 10)) as pilot:
        assert words(pilot.app)[0] == "39x10"  # a column is kept for the scroll bar
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert words(pilot.app)[0] == "49x12"


async def test_painting_the_same_again_repaints_nothing_and_a_changed_cell_only_itself(monkeypatch):
    shown: list[Row] = [[("aaaa", "")], [("bbbb", "")]]
    picture = Picture(lambda _width, _height: [list(row) for row in shown])
    async with Harness(picture).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        repainted: list[Region] = []
        monkeypatch.setattr(picture, "refresh", lambda *regions, **_: repainted.extend(regions))
        picture.paint()
        assert repainted == []
        shown[1] = [("bbXb", "")]
        picture.paint()
        assert repainted == [Region(2, 1, 1, 1)]


async def test_markup_and_escapes_in_a_row_are_shown_as_they_are():
    picture = Picture(lambda _width, _height: [[("x[0] [@click=app.quit]quit[/] [/]", "")]])
    async with Harness(picture).run_test(size=(60, 5)) as pilot:
        assert words(pilot.app)[0] == "x[0] [@click=app.quit]quit[/] [/]"


async def test_more_rows_than_fit_can_be_scrolled():
    picture = Picture(lambda _width, _height: [[(f"row {number}", "")] for number in range(30)])
    picture.can_focus = True
    async with Harness(picture).run_test(size=(40, 10)) as pilot:
        picture.focus()
        await pilot.pause()
        await pilot.press("pagedown")
        await pilot.pause()
        assert words(pilot.app)[0].startswith("row 10")
