import pytest

from progress.criteria import Criterion, Phase4
from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE
from tutor.screens.criteria import CriteriaScreen

CRITERIA = (
    Criterion("implement", "Implement an architecture", True, "36 of 36 exercises"),
    Criterion("explain", "Explain choices", False, "0 of 3 questions", ("quiz/cnn: phase3-tutor quiz cnn",)),
)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_it_shows_each_criterion_and_what_the_highlighted_one_misses(size, charset):
    screen = CriteriaScreen(CRITERIA, Phase4(False, ("explain",)), charset)
    async with Harness(screen).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "1 of 2 met" in text
        assert "Nothing is missing here." in text
        await pilot.press("down")
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "0 of 3 questions" in text
        assert "quiz/cnn: phase3-tutor quiz cnn" in text
        assert "enter" not in words(pilot.app)[-1]
        assert charset.unicode or text.isascii()


async def test_a_long_list_of_what_is_missing_is_scrolled_by_the_page_keys():
    many = Criterion("implement", "Implement", False, "0 of 40", tuple(f"exercise {n}" for n in range(40)))
    async with Harness(CriteriaScreen([many], Phase4(False, ()))).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "exercise 0" in "\n".join(words(pilot.app))
        await pilot.press("pagedown", "space", "n")
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "exercise 24" in text
        assert "exercise 2\n" not in text
