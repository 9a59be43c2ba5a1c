from dataclasses import replace

import pytest

from models.comparison import Difference, difference
from models.prediction import judge_prediction, parse_prediction
from models.runs import SealedPrediction
from tests.tutor.drawing.test_run_card import NUMBERS, RUNNING, YOURS, config
from tutor.drawing.prediction import FREE, draw_outcome, draw_sealed
from tutor.drawing.rows import cells, plain
from tutor.drawing.run_card import draw_run_card

SEALED = SealedPrediction("lower 1-5", "2026-11-28T12:00:00+00:00", True, "c0de")


@pytest.fixture(autouse=True)
def _on_greenwich_time(monkeypatch):
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def outcome_lines(words, apart, seeds=(3, 3), sealed=SEALED, has_plain=True, width=78):
    outcome = judge_prediction(parse_prediction(words), apart)
    return plain(draw_outcome("no-skip", replace(sealed, words=words), outcome, seeds, has_plain, width))


def test_what_was_predicted_what_came_and_what_the_interval_says():
    assert outcome_lines("lower 1-5", Difference(-0.03, (-0.04, -0.02))) == [
        "The prediction for no-skip, sealed 2026-11-28 12:00",
        "  predicted  lower by 1 to 5 points",
        "  came       -3.00 points, 95% interval -4.00 to -2.00 (3 and 3 seeds)",
        "  direction  right: the whole interval lies below 0",
        "  size       right: the whole interval lies within -5 to -1",
        FREE,
    ]


def test_a_wrong_one_and_an_open_one_are_told_apart():
    wrong = outcome_lines("lower 1-5", Difference(0.03, (0.02, 0.04)))
    assert wrong[3:5] == [
        "  direction  wrong: the whole interval lies above 0",
        "  size       wrong: the whole interval lies outside of -5 to -1",
    ]
    open_one = " ".join(" ".join(outcome_lines("lower 1-5", Difference(-0.03, (-0.07, 0.01)))).split())
    assert "open: 0 lies within the interval" in open_one
    assert "open: what was measured lies in -5 to -1; the interval lies neither" in open_one


def test_for_the_same_the_size_says_all():
    lines = outcome_lines("same 0.5", Difference(0.001, (-0.002, 0.004)))
    assert "predicted  the same within 0.5 points" in lines[1]
    assert lines[3] == "  size       right: the whole interval lies within -0.5 to 0.5"
    assert not any("direction" in line for line in lines)


def test_one_run_an_arm_is_said_to_be_no_finding():
    lines = "\n".join(outcome_lines("lower 1-5", difference([0.97], [0.94]), seeds=(1, 1)))
    assert "-3.00 points, without an interval (1 and 1 seeds): one run an arm is not a finding" in " ".join(
        lines.split()
    )
    assert "open: no interval yet; what was measured lies in -5 to -1" in lines


def test_before_there_are_results_nothing_is_judged():
    waiting = outcome_lines("lower 1-5", None)
    assert waiting[2] == "  came       nothing yet: each arm needs a finished run"
    alone = " ".join(" ".join(outcome_lines("lower 1-5", None, has_plain=False)).split())
    assert "the runs without no-skip are not among these" in alone
    assert not any("direction" in line for line in waiting)


def test_one_that_is_not_blind_says_so():
    late = replace(SEALED, is_blind=False)
    lines = outcome_lines("lower 1-5", Difference(-0.03, (-0.04, -0.02)), sealed=late)
    assert lines[0] == "The prediction for no-skip, sealed 2026-11-28 12:00, not blind: a run of it"
    assert lines[1] == "had finished before"


@pytest.mark.parametrize("width", [40, 60, 78])
def test_no_row_is_wider_than_it_may_be(width):
    outcome = judge_prediction(parse_prediction("lower 1-5"), Difference(-0.03, (-0.07, 0.01)))
    rows = draw_outcome("no-skip", replace(SEALED, is_blind=False), outcome, (3, 3), True, width)
    assert max(cells(row) for row in rows) <= width
    assert all(text.isascii() for row in rows for text, _ in row)


def test_it_stands_in_the_card_of_the_run_below_the_ablation():
    ablated = config(*YOURS, ablations=("no-skip",), prediction=SEALED)
    lines = " ".join(plain(draw_run_card(ablated, RUNNING, NUMBERS, 78, 102.0)))
    assert "Predicted: lower by 1 to 5 points (sealed 2026-11-28 12:00)." in lines
    assert lines.index("Ablation no-skip") < lines.index("Predicted")
    assert draw_sealed(config(*YOURS), 78) == []


def test_words_that_somebody_wrote_into_the_config_are_shown_as_they_are_without_escapes():
    odd = config(*YOURS, ablations=("no-skip",), prediction=SealedPrediction("up\x1b[2J", "soon", True, ""))
    assert "up (sealed soon)" in " ".join(plain(draw_sealed(odd, 78)))
