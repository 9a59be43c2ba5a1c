import pytest

from progress.criteria import Criterion, Phase4
from tutor.drawing.charset import ASCII, UNICODE
from tutor.screens.criteria import CriteriaScreen

CRITERIA = (
    Criterion("implement", "Implement an architecture", True, "36 of 36 exercises"),
    Criterion("explain", "Explain choices", False, "0 of 3 questions", ("quiz/cnn: phase3-tutor quiz cnn",)),
)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_it_shows_each_criterion_and_what_the_highlighted_one_misses(harness, words, size, charset):
    screen = CriteriaScreen(CRITERIA, Phase4(False, ("explain",)), charset)
    async with harness(screen).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "1 of 2 met" in text
        assert "Nothing is missing here." in text
        await pilot.press("down")
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "0 of 3 questions" in text
        assert "quiz/cnn: phase3-tutor quiz cnn" in text
        assert charset.unicode or text.isascii()
