import math
from dataclasses import replace

import pytest
from scipy import stats

from models.comparison import compare_runs, difference
from models.runs import RunDirectory, RunError, RunState, RunStatus
from tests.models.test_runs import CONFIG


@pytest.fixture
def run(tmp_path):
    def make(name, seed=0, accuracy=0.9, state: RunState = "finished", **changes):
        config = replace(
            CONFIG, id=name, seed=seed, settings={**CONFIG.settings, **changes.pop("settings", {})}, **changes
        )
        made = RunDirectory.create(tmp_path, config)
        made.write_status(RunStatus(state=state, held_out=accuracy))
        return made

    return make


def test_the_interval_is_welchs():
    one, other = [0.970, 0.975, 0.969], [0.951, 0.940, 0.960, 0.955]
    found = difference(one, other)
    expected = stats.ttest_ind(other, one, equal_var=False).confidence_interval(0.95)
    assert found.value == pytest.approx(sum(other) / 4 - sum(one) / 3)
    assert found.interval == pytest.approx((expected.low, expected.high))
    assert found.is_clear


def test_one_seed_an_arm_has_no_interval_and_is_never_clear():
    found = difference([0.9], [0.5])
    assert found.value == pytest.approx(-0.4)
    assert found.interval is None
    assert not found.is_clear


def test_seeds_that_all_agree_leave_no_doubt():
    assert difference([0.9, 0.9], [0.8, 0.8]).interval == pytest.approx((-0.1, -0.1))
    with pytest.raises(ValueError, match="at least one"):
        difference([], [0.8])


def test_runs_that_differ_by_the_seed_alone_are_one_arm(run):
    runs = [run("a-1", 0), run("a-2", 1), run("b-1", 0, ablations=("no-skip",)), run("a-3", 2)]
    first, second = compare_runs(runs)
    assert [each.run.id for each in first.runs] == ["a-1", "a-2", "a-3"]
    assert (first.label, second.label) == ("quick", "no-skip")


def test_what_cannot_change_a_number_makes_no_other_arm(run):
    arms = compare_runs([run("a-1"), run("a-2", 1, threads=1, settings={"checkpoint_seconds": 3.0})])
    assert len(arms) == 1


def test_other_code_and_another_rate_are_named(run):
    parts = (replace(CONFIG.parts[0], fingerprint="other"), CONFIG.parts[1])
    arms = compare_runs([run("a-1"), run("b-1", parts=parts), run("c-1", settings={"peak_lr": 0.4})])
    assert [arm.label for arm in arms] == ["quick", "other code in cnn/conv2d", "peak_lr=0.4"]


def test_only_finished_runs_count_and_each_seed_once(run):
    (arm,) = compare_runs(
        [run("a-1", 0, 0.9), run("a-2", 0, 0.9), run("a-3", 1, 0.8, state="stopped"), run("a-4", 2, 0.7)]
    )
    assert arm.results == (0.9, 0.7)


def test_runs_of_two_projects_are_not_compared(run):
    with pytest.raises(RunError, match="different projects"):
        compare_runs([run("a-1"), run("b-1", project="rnn")])


def test_the_interval_holds_the_truth_about_19_times_in_20():
    import random

    dice, held = random.Random(5), 0
    for _ in range(2000):
        one = [dice.gauss(0.9, 0.01) for _ in range(3)]
        other = [dice.gauss(0.88, 0.004) for _ in range(3)]
        low, high = difference(one, other).interval or (math.nan, math.nan)
        held += low <= -0.02 <= high
    assert 0.93 <= held / 2000 <= 0.99
