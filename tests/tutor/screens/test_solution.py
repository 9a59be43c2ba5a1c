import ast

import pytest

from lessons.catalog import exercises_by_id
from lessons.solutions import shown_solution
from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII
from tutor.drawing.rows import plain
from tutor.drawing.solution import draw_solution
from tutor.screens.solution import SolutionScreen

CONV = exercises_by_id()["cnn/conv2d"]
SOURCE = shown_solution(CONV)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_it_shows_the_solution_and_scrolls_to_why_it_is_right(size):
    async with Harness(SolutionScreen(CONV, SOURCE, "", ASCII)).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "cnn/conv2d" in text
        assert "import torch" in text
        assert "Yours has passed" in text
        assert "space more" in text
        for _ in range(12):
            await pilot.press("space")
        await pilot.pause()
        assert " ".join(CONV.after.split()[-5:]) in " ".join(" ".join(words(pilot.app)).split())


async def test_who_gave_up_is_told_when():
    async with Harness(SolutionScreen(CONV, SOURCE, "2026-03-01T10:00:00+00:00")).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert words(pilot.app)[22] == " Given up on 2026-03-01. Now write it without looking."


def test_a_wide_line_is_folded_on_a_screen_and_kept_whole_in_a_pipe():
    wide = "def f(x):\n    return " + " + ".join(["x"] * 40) + "\n"
    whole = plain(draw_solution(CONV, wide, "", 60))
    assert wide.splitlines()[1] in whole
    assert ast.parse(wide)
    folded = plain(draw_solution(CONV, wide, "", 60, folds=True))
    assert max(map(len, folded)) <= 60
    begun = folded.index("def f(x):") + 1
    pieces = [row for row in folded[begun : begun + 6] if row.startswith("    ")]
    assert " ".join(" ".join(pieces).split()) == " ".join(wide.splitlines()[1].split())
