from dataclasses import replace

import pytest

from models.ablation_arms import changes_of, is_plain_of, is_same_experiment, plain_arm_of
from models.comparison import Arm, Compared, compare_runs
from models.presets import part_ids, settings_for
from models.runs import Part, RunDirectory, RunStatus
from tests.models.test_runs import CONFIG

PLAIN = replace(
    CONFIG,
    settings=settings_for("cnn", "quick", {}),
    parts=tuple(Part(name, "learner", "f.py", "f", "hash") for name in part_ids("cnn")),
)
NO_SKIP = replace(PLAIN, ablations=("no-skip",))


def with_settings(config, **changes):
    return replace(config, settings={**config.settings, **changes})


@pytest.mark.parametrize(
    ("plain", "ablated", "expected"),
    [
        (PLAIN, NO_SKIP, True),
        (replace(PLAIN, seed=3), NO_SKIP, True),
        (with_settings(PLAIN, checkpoint_seconds=1.0), NO_SKIP, True),
        (with_settings(PLAIN, epochs=2), NO_SKIP, False),
        (replace(PLAIN, preset="full"), NO_SKIP, False),
        (NO_SKIP, NO_SKIP, False),
        (PLAIN, PLAIN, False),
        (PLAIN, with_settings(replace(PLAIN, ablations=("shortcut-b",)), shortcut="B"), True),
        (PLAIN, with_settings(NO_SKIP, shortcut="B"), False),
        (replace(PLAIN, dataset={"checksum": "a"}), NO_SKIP, True),
        (replace(PLAIN, dataset={"checksum": "a"}), replace(NO_SKIP, dataset={"checksum": "b"}), False),
    ],
)
def test_the_plain_run_of_an_ablation_is_the_same_in_all_else(plain, ablated, expected):
    assert is_plain_of(plain, ablated) is expected


def test_other_code_makes_it_another_experiment_unless_the_ablation_put_it_there():
    def lent(*names):
        return tuple(
            replace(part, source="reference", fingerprint="") if part.exercise_id in names else part
            for part in PLAIN.parts
        )

    assert not is_plain_of(PLAIN, replace(NO_SKIP, parts=lent("cnn/conv2d")))
    pre_activation = replace(PLAIN, ablations=("pre-activation",), parts=lent("cnn/basic_block", "cnn/resnet"))
    assert is_plain_of(PLAIN, pre_activation)
    assert not is_plain_of(PLAIN, replace(pre_activation, parts=lent("cnn/conv2d")))


def test_a_seed_makes_no_other_experiment_and_a_setting_does():
    assert is_same_experiment(PLAIN, replace(PLAIN, seed=3, dataset={"checksum": "a"}))
    assert not is_same_experiment(PLAIN, with_settings(PLAIN, epochs=2))
    assert not is_same_experiment(PLAIN, NO_SKIP)


def test_what_was_set_is_told_from_what_the_preset_and_the_ablation_set():
    assert changes_of(NO_SKIP) == {}
    assert changes_of(with_settings(NO_SKIP, epochs=2, checkpoint_seconds=1.0)) == {"epochs": 2}
    assert changes_of(with_settings(replace(PLAIN, ablations=("shortcut-b",)), shortcut="B")) == {}
    assert changes_of(with_settings(NO_SKIP, shortcut="B")) == {"shortcut": "B"}


def test_an_arm_finds_its_plain_arm_wherever_it_stands(tmp_path):
    def made(name, config):
        return RunDirectory.create(tmp_path, replace(config, id=name))

    runs = [made("a", NO_SKIP), made("b", with_settings(PLAIN, epochs=2)), made("c", PLAIN)]
    arms = compare_runs(runs)
    assert plain_arm_of(arms[0], arms) is arms[2]
    assert plain_arm_of(arms[2], arms) is None
    alone = Arm("no-skip", (Compared(runs[0], NO_SKIP, RunStatus("finished")),))
    assert plain_arm_of(alone, [alone]) is None
