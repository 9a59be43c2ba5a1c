import math

import pytest

from lessons.questions.expression import ExpressionUnreadable, evaluate, evaluate_typed, names_in


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2*9*64^2", 73_728),
        ("2 * 9 * 64**2", 73_728),
        ("sqrt(2/27)", math.sqrt(2 / 27)),
        ("1,048,576", 1_048_576),
        ("1,048,576 / 2", 524_288),
        ("= 5", 5),
        ("−3 × 2", -6),
        ("1e-3", 0.001),
        ("log(1,024)", math.log(1024)),
        ("max(3,100)", 100),
        ("floor(7/2) + 7 // 2 + 7 % 2", 7),
        ("log2(8) + exp(0) + ceil(0.1) + abs(-1) + min(1, 2)", 7),
        ("2*π", 2 * math.pi),
    ],
)
def test_what_a_learner_types_is_read_as_they_mean_it(typed, value):
    assert evaluate_typed(typed) == value


def test_an_expression_of_the_bank_knows_its_variables():
    assert evaluate("2 * k**2 * C", {"k": 3, "C": 64}) == 1152
    assert names_in("2 * k**2 * sqrt(C) + pi") == {"k", "C"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "nothing to compute"),
        ("2*(3", "column 3: (3"),
        ("3 4", "column 3: 4"),
        ("1 + foo(3)", "no function like the one at column 5: foo(3)"),
        ("2 * k", "column 5: k"),
        ("7 + 1/0", "divides by zero at column 5: 1/0"),
        ("1 + sqrt(-1)", "no real value at column 5"),
        ("(-8)**(1/3)", "no real value"),
        ("1e999", "no finite number"),
        ("exp(9999)", "too large"),
        ("sqrt(1, 2)", "missing or too much at column 1"),
        ("max()", "missing or too much at column 1"),
        ("sqrt", "missing or too much"),
        ("1 +" + " 1" * 200, "200 are read"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence_that_says_where(typed, words):
    with pytest.raises(ExpressionUnreadable) as told:
        evaluate_typed(typed)
    assert words in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "attack",
    [
        "9**9**9**9",
        "2**2000",
        "*".join(["9**300"] * 20),
        "(" * 99 + ")" * 99,
        "-" * 199 + "1",
        '"a" * 9',
        "__import__('os')",
        "().__class__",
        "[1][0]",
        "[x for x in (1,)]",
        "lambda: 3",
        "1 if 1 else 2",
        "f'{1}'",
        "True",
        "3 < 4",
        "1 and 2",
        "x := 3",
        "sqrt(x=3)",
        "1; 2",
        "٣",
        "1j",
        "sqrt.__class__",
        "\x00",
    ],
)
def test_nothing_but_small_arithmetic_is_computed(attack):
    try:
        value = evaluate_typed(attack)
    except ExpressionUnreadable:
        return
    assert attack.startswith("-")
    assert value == -1
