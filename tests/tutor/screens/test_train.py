import pytest

from models.ablations import ABLATIONS
from models.presets import PRESETS
from models.runs import Part
from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE
from tutor.screens.train import TrainScreen

MINE = Part("cnn/conv2d", "learner", "cnn/conv.py", "conv2d", "hash")
LENT = Part("cnn/resnet", "reference", "cnn/resnet.py", "ResNet", "", "not passed yet")
CNN = list(PRESETS["cnn"].values())


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_it_says_whose_code_is_trained_before_it_is(size, charset):
    async with Harness(TrainScreen("cnn", CNN, [MINE, LENT], charset)).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "cnn/conv2d          yours" in text
        assert "cnn/resnet          the reference: not passed yet" in text
        assert "no evidence" in text
        assert charset.unicode or text.isascii()


async def test_a_net_of_the_learners_own_parts_counts():
    async with Harness(TrainScreen("cnn", CNN, [MINE])).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "the run counts as evidence" in "\n".join(words(pilot.app))


async def test_enter_starts_the_preset_under_the_pointer():
    app = Harness(TrainScreen("cnn", CNN, [MINE]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
    told = [(message.project, message.preset) for message in app.told(TrainScreen.TrainRequested)]
    assert told == [("cnn", "quick"), ("cnn", "full")]


async def test_a_run_that_cannot_start_says_why_and_what_to_do():
    screen = TrainScreen("cnn", CNN, [MINE])
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show_refusal("CIFAR-10 is not here. Next: phase3-tutor data get cifar10")
        await pilot.pause()
        assert "phase3-tutor data get cifar10" in "\n".join(words(pilot.app))


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_an_ablation_is_chosen_by_a_key_and_what_is_expected_of_it_is_typed(size):
    app = Harness(TrainScreen("cnn", CNN, [MINE]))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "You expect:" not in "\n".join(words(app))
        await pilot.press("a", "p", *"lower", "space", *"1-5")
        await pilot.pause()
        shown = "\n".join(words(app))
        assert "You expect: lower 1-5" in shown
        assert "no-skip: every block without its addition" in shown
        assert "An ablation is no evidence" in shown
        assert "the run counts as evidence" not in shown
        await pilot.press("escape", "enter")
        await pilot.pause()
    (told,) = app.told(TrainScreen.TrainRequested)
    assert (told.preset, told.ablation, told.prediction) == ("quick", "no-skip", "lower 1-5")


async def test_after_the_last_ablation_comes_the_net_as_it_is():
    app = Harness(TrainScreen("cnn", CNN, [MINE]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"a" * len(ABLATIONS["cnn"]), "p", *"same", "enter")
        await pilot.press("a", "enter")
        await pilot.pause()
        assert "You expect:" not in "\n".join(words(app))
    (told,) = app.told(TrainScreen.TrainRequested)
    assert (told.ablation, told.prediction) == ("", "")


async def test_an_ablation_that_makes_another_net_shows_the_parts_of_that_net():
    gru = Part("rnn/gru_cell", "learner", "rnn/gru.py", "gru_cell", "hash")
    screen = TrainScreen("cnn", CNN, [MINE], parts_with=lambda ablation: [gru] if ablation else [MINE])
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert "rnn/gru_cell" in "\n".join(words(pilot.app))
        await pilot.press(*"a" * len(ABLATIONS["cnn"]))
        await pilot.pause()
        assert "rnn/gru_cell" not in "\n".join(words(pilot.app))


async def test_each_preset_says_its_bar_by_what_it_is_judged_by_and_nothing_of_it_is_cut():
    screen = TrainScreen("rnn", list(PRESETS["rnn"].values()), [MINE])
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
    assert "to reach 1.77 nats per character or less, on held-out text" in text
    assert "to reach 90 % on held-out sequences" in text
    assert UNICODE.cut not in text
