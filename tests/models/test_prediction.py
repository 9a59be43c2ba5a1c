import pytest

from models.comparison import Difference, difference
from models.prediction import HOW_TO_PREDICT, Prediction, PredictionRefused, judge_prediction, parse_prediction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lower 1-5", Prediction("lower", 1.0, 5.0)),
        ("  Higher 0.5 - 2 points ", Prediction("higher", 0.5, 2.0)),
        ("lower by 1 to 5 points", Prediction("lower", 1.0, 5.0)),
        ("same 0.5", Prediction("same", 0.0, 0.5)),
        ("same none", Prediction("same", 0.0, 0.5)),
        ("lower small", Prediction("lower", 0.5, 2.0)),
        ("higher middle", Prediction("higher", 2.0, 10.0)),
        ("lower large", Prediction("lower", 10.0, 100.0)),
        ("lower 0-100", Prediction("lower", 0.0, 100.0)),
    ],
)
def test_a_direction_and_a_size_are_read_and_written_back(text, expected):
    found = parse_prediction(text)
    assert found == expected
    assert parse_prediction(found.words) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "does not begin with one of: lower, higher, same"),
        ("worse 1-5", "does not begin"),
        ("lower", "says no size"),
        ("lower much", '"much" is no size'),
        ("lower 5", "needs two"),
        ("same 1-5", "needs one number"),
        ("lower none", "contradicts itself"),
        ("same large", "contradicts itself"),
        ("lower 5-1", "from a smaller to a larger"),
        ("lower 3-3", "from a smaller to a larger"),
        ("lower 50-120", "at most 100"),
        ("same 0", "from a smaller"),
        ("lower -1-5", "is no size"),
        ("lower nan-5", "is no size"),
    ],
)
def test_other_words_are_refused_with_what_to_write(text, said):
    with pytest.raises(PredictionRefused) as refused:
        parse_prediction(text)
    assert said in refused.value.thing
    assert refused.value.next_step == HOW_TO_PREDICT


def test_it_is_told_in_words():
    assert Prediction("lower", 0.5, 2.0).sentence == "lower by 0.5 to 2 points"
    assert Prediction("same", 0.0, 0.5).sentence == "the same within 0.5 points"


@pytest.mark.parametrize(
    ("words", "interval", "direction", "size"),
    [
        ("lower 1-5", (-0.04, -0.02), "right", "right"),
        ("lower 1-5", (-0.06, -0.02), "right", "open"),
        ("lower 1-5", (-0.09, -0.06), "right", "wrong"),
        ("lower 1-5", (-0.04, 0.01), "open", "open"),
        ("lower 1-5", (-0.005, 0.005), "open", "wrong"),
        ("lower 1-5", (0.01, 0.03), "wrong", "wrong"),
        ("higher 1-5", (0.01, 0.05), "right", "right"),
        ("higher 1-5", (-0.03, -0.01), "wrong", "wrong"),
        ("same 0.5", (-0.004, 0.005), "right", "right"),
        ("same 0.5", (-0.01, 0.004), "open", "open"),
        ("same 0.5", (-0.03, -0.01), "wrong", "wrong"),
        ("lower 5-7", (-0.07, -0.07), "right", "right"),
    ],
)
def test_the_interval_decides(words, interval, direction, size):
    apart = Difference(sum(interval) / 2, interval)
    outcome = judge_prediction(parse_prediction(words), apart)
    assert (outcome.direction, outcome.size) == (direction, size)


def test_one_seed_an_arm_decides_nothing_though_its_place_is_told():
    outcome = judge_prediction(parse_prediction("lower 1-5"), difference([0.97], [0.94]))
    assert (outcome.direction, outcome.size, outcome.is_within) == ("open", "open", True)
    assert not judge_prediction(parse_prediction("higher 1-5"), difference([0.97], [0.94])).is_within


def test_before_both_arms_have_finished_everything_is_open():
    outcome = judge_prediction(parse_prediction("same 0.5"), None)
    assert (outcome.direction, outcome.size, outcome.is_within) == ("open", "open", None)
