"""Runs beside each other, as a learner asks for them."""

import json

import pytest

from models.metrics import metrics_line


@pytest.fixture
def arms(make_run):
    """Three seeds with the skip connections and three without, their curves in their folders."""

    def make(seeds=3):
        for arm, (accuracy, settings) in enumerate([(0.97, {}), (0.9, {"peak_lr": 0.4})]):
            for seed in range(seeds):
                name = f"cnn-quick-{arm}{seed:02}"
                run = make_run(name, seed=seed, settings=settings, held_out=accuracy + seed / 1000)
                lines = [metrics_line(step, "train", loss=2.0 / step, accuracy=0.5, lr=0.1) for step in range(1, 9)]
                lines.append(metrics_line(8, "held_out", loss=0.5, accuracy=accuracy))
                run.metrics.write_bytes(b"".join(lines))
        return [f"cnn-quick-{arm}{seed:02}" for arm in (0, 1) for seed in range(seeds)]

    return make


@pytest.mark.usefixtures("workspace")
def test_two_arms_of_three_seeds_are_told_apart(arms, run_verb):
    ran = run_verb("runs", "compare", *arms())
    assert (ran.code, ran.err) == (0, "")
    assert "training loss" in ran.out
    assert "97.0 to 97.2 %" in ran.out
    assert "-7.00 +-0.23" in ran.out
    assert "peak_lr=0.4: less than quick, beyond what the seeds do." in ran.out


@pytest.mark.usefixtures("workspace")
def test_one_run_an_arm_is_said_to_be_no_finding(arms, run_verb):
    ran = run_verb("runs", "compare", *arms(1), "--ascii")
    assert "One run is not a finding" in ran.out
    assert "-7.00" in ran.out
    assert "-7.00 +-" not in ran.out
    assert ran.out.isascii()


@pytest.mark.usefixtures("workspace")
def test_the_comparison_for_a_script(arms, run_verb):
    ran = run_verb("runs", "compare", *arms(), "--json")
    first, second = json.loads(ran.out)["arms"]
    assert [run["id"] for run in first["runs"]] == ["cnn-quick-000", "cnn-quick-001", "cnn-quick-002"]
    assert first["difference"] is None
    assert second["difference"]["value"] == pytest.approx(-0.07)
    low, high = second["difference"]["interval"]
    assert low < -0.07 < high < 0


@pytest.mark.usefixtures("workspace")
def test_a_run_named_twice_counts_once_and_one_that_did_not_finish_not_at_all(arms, make_run, run_verb):
    names = arms(2)
    make_run("cnn-quick-009", state="stopped", seed=9)
    ran = run_verb("runs", "compare", *names, names[0], "cnn-quick-009")
    assert "not counted: cnn-quick-009 (stopped)" in ran.out
    assert "With two seeds an interval is wide" in ran.out


@pytest.mark.usefixtures("workspace")
def test_a_comparison_is_written_as_an_image(arms, run_verb, tmp_path):
    assert run_verb("runs", "compare", *arms(), "--svg", tmp_path / "a.svg").code == 0
    assert "peak_lr=0.4" in (tmp_path / "a.svg").read_text()
