from pathlib import Path

import pytest

from progress.criteria import Criterion, Phase4
from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE
from tutor.screens.map import MapScreen, place_of_next
from tutor.standing import ExerciseStanding, NextStep, Standing, UnitStanding
from tutor.workspace import Workspace

NEXT = NextStep("Batch normalisation", "biased-variance", "phase3-tutor check cnn/batchnorm2d", "cnn/batchnorm2d")


def standing(step: NextStep = NEXT, notices: tuple[str, ...] = ()) -> Standing:
    exercises = (
        ExerciseStanding("cnn/conv2d", "Convolution", "passed", "", ""),
        ExerciseStanding("cnn/batchnorm2d", "Batch normalisation", "failed", "biased-variance", ""),
        ExerciseStanding("cnn/recipe", "recipe", "coming", "", ""),
    )
    criteria = (Criterion("implement", "Implement", False, "1 of 36"),)
    return Standing(
        workspace=Workspace(Path("/w")), workspace_id="w",
        units=(UnitStanding("cnn", "CNN", "13-14", "goal", exercises),), next=step, criteria=criteria,
        phase4=Phase4(False, ("implement",)), runs=(), run_evidence=(), notices=notices,
    )  # fmt: skip


def a_map(charset=UNICODE) -> MapScreen:
    return MapScreen({"exercise:cnn/conv2d": "about conv2d"}, charset)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_the_map_shows_states_and_what_is_next(size, charset):
    screen = a_map(charset)
    async with Harness(screen).run_test(size=size) as pilot:
        screen.show(standing())
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "Next  Batch normalisation" in text
        assert "conv2d                passed" in text
        assert "batchnorm2d           failed" in text
        assert charset.unicode or text.isascii()


async def test_the_pointer_starts_at_what_is_next_so_that_enter_goes_there():
    screen = a_map()
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show(standing())
        await pilot.press("enter")
        await pilot.pause()
    assert [message.place for message in app.told(MapScreen.PlaceChosen)] == ["exercise:cnn/batchnorm2d"]


async def test_a_refreshed_map_leaves_the_pointer_where_it_is():
    screen = a_map()
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show(standing())
        await pilot.press("up")
        screen.show(standing())
        await pilot.press("enter")
        await pilot.pause()
    assert [message.place for message in app.told(MapScreen.PlaceChosen)] == ["exercise:cnn/conv2d"]


async def test_c_asks_for_a_check_of_the_highlighted_exercise_only():
    screen = a_map()
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show(standing())
        await pilot.press("c", "end", "c")
        await pilot.pause()
    assert [message.exercise_id for message in app.told(MapScreen.CheckRequested)] == ["cnn/batchnorm2d"]


@pytest.mark.parametrize(("key", "place"), [("t", "train"), ("r", "runs"), ("4", "criteria")])
async def test_letters_go_straight_to_their_places(key, place):
    screen = a_map()
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show(standing())
        await pilot.press(key)
        await pilot.pause()
    assert [message.place for message in app.told(MapScreen.PlaceChosen)] == [place]


async def test_the_first_start_offers_to_make_the_workspace_and_says_how_in_a_shell():
    screen = a_map()
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show_no_workspace("/home/learner/phase3")
        await pilot.pause()
        text = "\n".join(words(app))
        assert "phase3-tutor init /home/learner/phase3" in text
        assert "i make the workspace" in text
        await pilot.press("r", "c", "i")
        await pilot.pause()
    assert app.told(MapScreen.PlaceChosen) == []
    assert len(app.told(MapScreen.WorkspaceWanted)) == 1


async def test_a_notice_of_the_record_stands_in_the_hint_line():
    screen = a_map()
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show(standing(notices=("The record was damaged\x1b[2J.",)))
        await pilot.pause()
        assert words(pilot.app)[22] == " The record was damaged."


async def test_the_hint_line_tells_about_the_highlighted_place():
    screen = a_map()
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show(standing())
        await pilot.press("up")
        await pilot.pause()
        assert words(pilot.app)[22] == " about conv2d"


@pytest.mark.parametrize(
    ("step", "place"),
    [
        (NEXT, "exercise:cnn/batchnorm2d"),
        (NextStep("Train", "", "phase3-tutor train cnn --preset quick"), "train:cnn"),
        (NextStep("Follow", "", "phase3-tutor runs follow cnn-quick-001"), "runs"),
        (NextStep("See", "", "phase3-tutor show features cnn-quick-001"), "runs"),
        (NextStep("Read on", "", "phase3-tutor status"), "criteria"),
    ],
)
def test_the_next_step_has_a_place_on_the_map(step, place):
    assert place_of_next(standing(step)) == place


@pytest.mark.parametrize("size", [(59, 24), (80, 15), (20, 5)])
async def test_a_window_that_is_too_small_gets_a_sentence(size):
    screen = a_map()
    async with Harness(screen).run_test(size=size) as pilot:
        screen.show(standing())
        await pilot.pause()
        text = " ".join(words(pilot.app))
        assert f"This window is {size[0]}x{size[1]}." in " ".join(text.split())
        assert "Next" not in text
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Next  Batch normalisation" in "\n".join(words(pilot.app))
