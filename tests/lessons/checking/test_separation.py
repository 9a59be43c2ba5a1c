"""Which cases tell which mistakes apart, on observations that are plain numbers."""

from lessons.checking.case import Case
from lessons.checking.separation import Separation, separate, settled

RIGHT = [0, 0, 0, 0]


def separated(**mistakes: list[int]) -> Separation:
    cases = {number: Case(f"case {number}", {}) for number in range(len(RIGHT))}
    seen = {name: [[["output", value]] for value in values] for name, values in mistakes.items()}
    return separate(cases, [[["output", value]] for value in RIGHT], seen)


def test_a_mistake_is_killed_by_the_cases_on_which_it_differs_from_the_reference():
    found = separated(often=[1, 0, 2, 0], never=[0, 0, 0, 0])
    assert found.killed_by == {"often": {0, 2}, "never": frozenset()}


def test_mistakes_that_fail_together_are_told_apart_by_what_is_seen_of_them():
    found = separated(one=[1, 1, 0, 0], two=[1, 2, 0, 0], again=[1, 2, 0, 0])
    assert found.apart == {("one", "two"): {1}, ("one", "again"): {1}, ("two", "again"): frozenset()}
    assert found.alike == [("two", "again")]


def test_a_case_is_alone_for_the_mistakes_and_the_pairs_that_no_other_settles():
    found = separated(one=[1, 1, 0, 0], two=[1, 2, 0, 0], last=[0, 0, 0, 3])
    assert found.alone(0) == []
    assert found.alone(1) == ["one / two"]
    assert found.alone(3) == ["last"]


def test_a_case_that_kills_both_counts_beside_the_only_one_that_kills_one_of_them():
    found = separated(one=[1, 1, 0, 0], two=[2, 0, 0, 0])
    assert found.apart["one", "two"] == {0, 1}
    assert found.alone(1) == []


def test_a_few_cases_are_enough_and_settle_all_that_can_be_settled():
    found = separated(one=[1, 1, 1, 0], two=[2, 1, 1, 0], three=[0, 0, 0, 1], four=[0, 0, 0, 1], right=RIGHT)
    enough = found.enough()
    assert enough == [0, 3]
    assert all(cases & set(enough) for cases in (*found.killed_by.values(), *found.apart.values()) if cases)


def test_of_cases_that_settle_alike_the_cheapest_is_chosen():
    found = separated(one=[1, 1, 1, 0], two=[2, 2, 2, 0])
    assert found.enough() == [0]
    assert found.enough(lambda case: 0.5 if case == 2 else 1.0) == [2]


def test_a_case_is_put_only_to_mistakes_of_which_something_is_open():
    everything = {"one": [1, 1, 0, 0], "two": [2, 1, 0, 0], "three": [0, 1, 0, 1], "four": [0, 1, 0, 1]}
    asked: list[tuple[int, list[str]]] = []

    def put(number: int, names: list[str]) -> Separation:
        asked.append((number, names))
        return separated(**{name: [*[0] * number, everything[name][number], *[0] * (3 - number)] for name in names})

    found = settled(list(everything), [0, 2, 3, 1], put)
    assert asked == [(0, [*everything]), (2, ["three", "four"]), (3, ["three", "four"]), (1, ["three", "four"])]
    assert found.killed_by == {"one": {0}, "two": {0}, "three": {1, 3}, "four": {1, 3}}
    assert found.apart["one", "three"] == {0}
    assert found.alike == [("three", "four")]
    assert settled(["one"], [0, 1, 2, 3], put).unsettled() == set()
    assert asked[4:] == [(0, ["one"])]


def test_without_mistakes_no_case_is_needed():
    assert separated().enough() == []


def test_what_a_few_cases_leave_open_is_settled_by_more_of_them():
    few = Separation({"one": frozenset({0}), "two": frozenset({0}), "three": frozenset()}, {
        ("one", "two"): frozenset(), ("one", "three"): frozenset({0}), ("two", "three"): frozenset({0}),
    })  # fmt: skip
    assert few.unsettled() == {"one", "two", "three"}
    more = Separation({"three": frozenset({1}), "other": frozenset({1})}, {("one", "two"): frozenset({2})})
    assert few.with_more(more).unsettled() == set()
    assert few.with_more(more).killed_by == {"one": {0}, "two": {0}, "three": {1}}
    assert few.with_more(more).apart["two", "three"] == {0}
