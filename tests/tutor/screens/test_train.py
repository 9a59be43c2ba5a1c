import pytest

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
