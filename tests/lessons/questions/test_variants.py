import subprocess
import sys

from lessons.catalog import lessons_by_id
from lessons.questions.bank import questions_of
from lessons.questions.choose_all import ChooseAllQuestion, Option
from lessons.questions.number_text import number_text
from lessons.questions.numeric import NumericQuestion
from lessons.questions.variables import Computed, Drawn

SHARE = NumericQuestion(
    "cnn/pooling/left", "after", "{k} of {H}", "k * H", "{answer}",
    variables={"k": Drawn((2, 3, 4)), "H": Drawn(tuple(range(8, 65, 8))), "W": Computed("2 * H")},
)  # fmt: skip
POOL = tuple(Option(f"statement {n}", n < 5, "because") for n in range(12))
HOLDS = ChooseAllQuestion("cnn/pooling/holds", "after", "Choose.", "Those.", POOL)


def test_one_seed_gives_one_variant_and_others_give_others():
    assert SHARE.variant(7) == SHARE.variant(7)
    assert len({tuple(SHARE.variant(seed).values.items()) for seed in range(200)}) == 3 * 8


def test_a_variant_is_the_same_on_every_machine_and_in_every_process():
    code = (
        "from tests.lessons.questions.test_variants import SHARE, HOLDS;"
        "print(SHARE.variant(3).values, [o.index for o in HOLDS.variant(3).options])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {"{'k': 2, 'H': 24, 'W': 48} [6, 1, 11, 10, 4, 0]\n"}


def test_each_choice_shows_six_with_at_least_two_that_hold_and_two_that_do_not():
    counts = set()
    for seed in range(300):
        options = HOLDS.variant(seed).options
        assert len({option.index for option in options}) == 6
        counts.add(sum(option.holds for option in options))
        assert HOLDS.variant(seed).answer == {n for n, option in enumerate(options, 1) if option.holds}
    assert counts == {2, 3, 4}


def test_every_option_is_shown_and_in_every_place_sooner_or_later():
    seen = {(option.index, place) for seed in range(600) for place, option in enumerate(HOLDS.variant(seed).options)}
    assert len(seen) == 12 * 6


def test_numbers_are_written_as_people_write_them():
    assert [number_text(value) for value in (3, 1024, 1_048_576, 12288.0, 0.0625, 1 / 3, -20_000)] == [
        "3", "1024", "1,048,576", "12,288", "0.0625", "0.3333333", "-20,000",
    ]  # fmt: skip


def test_the_last_row_that_is_seen_agrees_with_a_walk_over_all_outputs():
    question = next(q for q in questions_of(lessons_by_id()["cnn/convolution"]) if q.id.endswith("last-row"))
    for seed in range(100):
        variant = question.variant(seed)
        h, k, s, p, d = (int(variant.values[name]) for name in "Hkspd")
        outputs = [i for i in range(h) if i * s + (k - 1) * d <= h + 2 * p - 1]
        rows = [outputs[-1] * s + u * d - p for u in range(k)]
        assert variant.answer == max(row for row in rows if 0 <= row < h)
        assert len(outputs) == variant.values["rows"]
