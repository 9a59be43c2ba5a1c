import pytest

from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.feature_maps import Stage
from tutor.drawing.feature_pages import Features
from tutor.screens.features import FeaturesScreen

IMAGE = [[float(i + j) for j in range(8)] for i in range(8)]
FEATURES = Features((Stage("stem", [IMAGE] * 16), Stage("stage 1", [IMAGE] * 3)), IMAGE, "5", "3", 0.61)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_it_shows_the_maps_and_what_the_net_takes_the_image_for(size, charset):
    screen = FeaturesScreen("cnn-quick-001", charset)
    async with Harness(screen).run_test(size=size) as pilot:
        screen.show(FEATURES, 0)
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "seen as 3 (61.0 %, wrong)" in text
        assert "16 maps of 8 x 8" in text
        assert charset.unicode or text.isascii()


async def test_brackets_change_the_stage_and_n_and_p_the_channels():
    screen = FeaturesScreen("run")
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show(FEATURES, 0)
        await pilot.press("n")
        await pilot.pause()
        assert "channels 7 to 13 of 16" in words(pilot.app)[2]
        await pilot.press("n", "n", "n", "n")
        await pilot.pause()
        assert "channels 14 to 15 of 16" in words(pilot.app)[2]
        await pilot.press("]", "]", "]")
        await pilot.pause()
        assert "channels 0 to 2 of 3" in words(pilot.app)[2]
        assert "picture 2 of 2" in words(pilot.app)[22]
        await pilot.press("[", "p")
        await pilot.pause()
        assert "channels 0 to 6 of 16" in words(pilot.app)[2]


async def test_braces_ask_for_another_image_once_and_keep_the_stage():
    screen = FeaturesScreen("run")
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show(FEATURES, 0)
        await pilot.press("]", "{", "}", "}")
        await pilot.pause()
        assert "asking for image 1" in words(app)[22]
        screen.show(FEATURES, 1)
        await pilot.pause()
        assert "picture 2 of 2, held-out image 1" in words(app)[22]
    assert [message.image for message in app.told(FeaturesScreen.ImageRequested)] == [1]


async def test_until_the_lab_answers_a_spinner_turns_and_keys_are_taken():
    app = Harness(FeaturesScreen("run"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "]", "}")
        await pilot.pause()
        assert "asking your net" in words(app)[22]


async def test_a_lab_that_refuses_is_told_in_words():
    screen = FeaturesScreen("run")
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show_refusal("There is no checkpoint yet. Next: wait for the first one")
        await pilot.pause()
        assert "There is no checkpoint yet." in words(pilot.app)[2]
