from typing import Any

import pytest

from models.runs import RunDirectory
from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE, Charset
from tutor.drawing.rows import Row, fit
from tutor.pictures.picture import Answer, Table, View
from tutor.pictures.registry import find_picture, picture_kinds
from tutor.screens.pictures import PictureScreen, PicturesScreen

SENTENCES = {kind: find_picture(kind).sentence for kind in picture_kinds()}


class Squares:
    """A picture that can be turned through, and is longer than a screen."""

    sentence, look_for = "squares", "Which of them is the largest?"
    options, page = frozenset({"first"}), 5

    async def ask(self, run: RunDirectory, view: View, lab: Any) -> Answer:
        raise NotImplementedError(run, view, lab)  # the app asks; the screen alone is looked at here

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return [fit([(f"square {answer['first'] + i}", "")], width, charset.cut) for i in range(40)]

    def table(self, answer: Answer) -> Table:
        return Table(("square",), [(answer["first"],)])


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("project", ["cnn", "rnn", "transformer"])
async def test_every_kind_is_listed_with_what_it_shows_and_opens_by_enter(size, charset, project):
    kinds = picture_kinds(project)
    sentences = {kind: SENTENCES[kind] for kind in kinds}
    app = Harness(PicturesScreen("cnn-quick-001", sentences, charset))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(app))
        assert all(kind in text for kind in kinds)
        await pilot.press("down", "enter")
        await pilot.pause()
    (chosen,) = app.told(PicturesScreen.PictureChosen)
    assert (chosen.run_id, chosen.kind) == ("cnn-quick-001", kinds[1])


async def test_a_picture_scrolls_and_braces_ask_for_the_next_page_of_it():
    screen = PictureScreen("cnn-quick-001", "squares", Squares())
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "loads torch" in words(app)[22]
        screen.show({"first": 0}, View())
        await pilot.pause()
        assert "square 0" in words(app)[2]
        await pilot.press("space", "space", "space")
        await pilot.pause()
        assert "Which of them is the largest?" in "\n".join(words(app))
        await pilot.press("{", "}", "}")
        await pilot.pause()
        assert [message.view for message in app.told(PictureScreen.ViewRequested)] == [View(first=5)]
        screen.show({"first": 5}, View(first=5))
        await pilot.pause()
        assert "square 5" in words(app)[2]


async def test_a_picture_that_cannot_be_had_says_why():
    screen = PictureScreen("run", "filters", find_picture("filters"))
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show_refusal("There is no checkpoint yet. Next: wait")
        await pilot.pause()
        assert "There is no checkpoint yet." in words(app)[2]


async def test_gate_layer_and_order_are_chosen_by_key_and_only_where_there_is_a_choice():
    screen = PictureScreen("rnn-quick-001", "gates", find_picture("gates"))
    app = Harness(screen)
    answer = {
        "gate": "f", "signals": "ifgoch", "layer": 0, "layers": 1, "hidden": 1, "sorted": False, "text": "ab",
        "units": [0], "values": [[0.1, 0.9]], "saturation": {}, "measured": 2000,
    }  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show(answer, View())
        await pilot.press("g", "l", "u")
        screen.show(answer, View(gate="g"))
        await pilot.press("o")
        await pilot.pause()
    assert [message.view for message in app.told(PictureScreen.ViewRequested)] == [
        View(gate="g"),
        View(gate="g", sort=True),
    ]


async def test_u_shows_every_gate_of_one_unit_braces_the_next_one_by_its_order_and_u_all_of_them_again():
    screen = PictureScreen("rnn-quick-001", "gates", find_picture("gates"))
    app = Harness(screen)
    about = {
        "signals": "ifgoch", "layer": 0, "layers": 1, "hidden": 3, "sorted": True, "text": "ab", "saturation": {},
        "measured": 2000, "order": [2, 0, 1],
    }  # fmt: skip
    page = {**about, "gate": "f", "units": [2, 0, 1], "values": [[0.1, 0.9]] * 3}
    one = {**about, "rows": {"f": [0.1, 0.9], "c": [3.0, -3.0]}}
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show(page, View(gate="f", sort=True))
        await pilot.press("u")
        screen.show({**one, "unit": 2}, View(sort=True, unit=2))
        await pilot.pause()
        assert "Unit 2 of 3" in "\n".join(words(app))
        await pilot.press("{", "}", "g")
        screen.show({**one, "unit": 0}, View(sort=True, unit=0))
        await pilot.press("u")
        await pilot.pause()
        assert "asking for all units" in "\n".join(words(app))
    assert [message.view for message in app.told(PictureScreen.ViewRequested)] == [
        View(sort=True, unit=2),
        View(sort=True, unit=0),
        View(sort=True),
    ]
