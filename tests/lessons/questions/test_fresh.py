from lessons.questions.choose_all import ChooseAllQuestion, ChooseAllVariant, Option
from lessons.questions.fresh import fresh_variant
from lessons.questions.numeric import NumericQuestion
from lessons.questions.variables import Drawn

PAIR = NumericQuestion("a/b/c", "after", "{k}", "k", "!", variables={"k": Drawn((1, 2))})
POOL = tuple(Option(f"s{n}", n < 4, "w") for n in range(8))
HOLDS = ChooseAllQuestion("a/b/d", "after", "Choose.", "Those.", POOL)


def test_a_fresh_variant_shows_other_numbers_or_other_options():
    for seed in range(50):
        before = PAIR.variant(seed)
        assert fresh_variant(PAIR, before).text != before.text
        shown, fresh = HOLDS.variant(seed), fresh_variant(HOLDS, HOLDS.variant(seed))
        assert isinstance(fresh, ChooseAllVariant)
        assert {option.index for option in fresh.options} != {option.index for option in shown.options}


def test_a_question_with_one_variant_is_asked_again_as_it_is():
    only = NumericQuestion("a/b/c", "before", "one", "1", "!")
    assert fresh_variant(only, only.variant(3)) == only.variant(3)
