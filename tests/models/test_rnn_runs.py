"""Runs of project rnn from their first step to their last: trained, killed, resumed, looked into."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn.functional import cross_entropy

from models.ablations import ablated_settings
from models.data_store import DataStore
from models.lab import Lab
from models.learner_modules import PartUnusable
from models.placement import Placement, place
from models.preset import PresetRefused
from models.presets import part_ids, settings_for
from models.probes.gate_walk import SIGNALS, walk
from models.probes.saliency_answer import saliency
from models.rnn_presets import LONG_RANGE
from models.run_config import Part, RunConfig
from models.run_directory import RunDirectory
from models.tasks.from_config import prepare
from models.trained_net import load_trained_net
from tests.models.conftest import SPEECH, saved_state
from tests.models.test_trainer import same_bits, wait_for

SMALL = {"hidden": "12", "length": "20", "batch_size": "16", "iterations": "16"}
pytestmark = pytest.mark.usefixtures("small_text")


def described(preset: str = "full", twin: bool = True, seed: int = 3, **changes: str) -> RunConfig:
    of_a_text = {} if preset in LONG_RANGE else {"embedding": "6", "epochs": "0"}
    settings = settings_for("rnn", preset, SMALL | of_a_text | changes)
    parts = tuple(Part(name, "reference", "", "", "", "a test") for name in part_ids("rnn", settings))
    return RunConfig(
        "", "rnn", preset, seed, "cpu", 1, twin, 0, settings, {}, parts, "w", "2026-01-01T00:00:00+00:00", {}
    )


def laid_out(tmp_path: Path, name: str = "rnn-full-001", **wish) -> RunDirectory:
    return RunDirectory.create(tmp_path / "runs", replace(described(**wish), id=name))


def task_of(run: RunDirectory) -> Any:
    """The run's task before its first step."""
    return prepare(run.config(), run.modules, DataStore(), place("cpu", 0, {})).task


def lines_of(run: RunDirectory) -> list[dict]:
    return [json.loads(line) for line in run.metrics.read_text().splitlines()]


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_every_cell_learns_and_its_twin_agrees_at_every_look(cell, tmp_path, train_here):
    run = laid_out(tmp_path, cell=cell, iterations="40")
    assert train_here(run) == 0
    lines, status = lines_of(run), run.status()
    losses = [line["loss"] for line in lines if line["kind"] == "train"]
    assert losses[0] == pytest.approx(math.log(len(set(SPEECH))), abs=0.7)
    assert losses[-1] < losses[0] - 0.5
    twins = [line["max_difference"] for line in lines if line["kind"] == "twin"]
    assert len(twins) > 3
    assert all(0 <= value < 1e-5 for each in twins for value in each.values())
    assert status.state == "finished"
    assert status.held_out == status.final["held_out_loss"]
    assert status.final["held_out_bits_per_character"] == pytest.approx((status.held_out or 0.0) / math.log(2))


def test_with_a_twin_and_without_one_the_losses_are_the_same(tmp_path, train_here):
    with_twin, without = laid_out(tmp_path, "rnn-full-001"), laid_out(tmp_path, "rnn-full-002", twin=False)
    assert train_here(with_twin) == train_here(without) == 0
    one, other = ([x["loss"] for x in lines_of(run) if x["kind"] == "train"] for run in (with_twin, without))
    assert one == pytest.approx(other, abs=2e-4)
    assert not [line for line in lines_of(without) if line["kind"] == "twin"]


@pytest.mark.parametrize(
    ("preset", "changes"),
    [
        ("full", {}),
        ("adding", {}),
        pytest.param("full", {"cell": "gru", "carry": "false", "dropout": "0.3"}, marks=pytest.mark.slow),
        pytest.param("copy", {}, marks=pytest.mark.slow),
    ],
)
def test_killed_with_9_and_resumed_gives_the_same_bits(preset, changes, tmp_path, start_trainer):
    wish = {"preset": preset, "iterations": "60", "checkpoint_seconds": "0", **changes}
    whole, killed = laid_out(tmp_path, "rnn-full-001", **wish), laid_out(tmp_path, "rnn-full-002", **wish)
    assert start_trainer(whole).wait(timeout=120) == 0

    process = start_trainer(killed)
    wait_for(lambda: killed.metrics.exists() and killed.metrics.read_bytes().count(b"\n") > 12, process)
    process.kill()
    process.wait(timeout=30)
    assert start_trainer(killed).wait(timeout=120) == 0

    assert killed.metrics.read_bytes() == whole.metrics.read_bytes()
    one, other = saved_state(whole), saved_state(killed)
    assert all(same_bits(one[key], other[key]) for key in ("model", "optimizer", "task", "random"))


def test_held_out_nats_are_those_of_one_walk_through_every_row(tmp_path):
    run = laid_out(tmp_path)
    task = task_of(run)
    ids = task.dataset.held_out_ids
    width = (len(ids) - 1) // 32
    x, y = ids[: 32 * width].view(32, width), ids[1 : 32 * width + 1].view(32, width)
    with torch.no_grad():
        logits, _ = task.model.eval()(x)
    expected = float(cross_entropy(logits.flatten(0, 1), y.flatten()))
    assert task.evaluate("held_out")["loss"] == pytest.approx(expected, rel=1e-5)


def test_the_state_is_carried_within_an_epoch_and_dropped_at_the_next(tmp_path):
    run = laid_out(tmp_path)
    task = task_of(run)
    task.loss(task.next_batch(0))
    kept = task.carried
    assert kept is not None
    task.next_batch(1)
    assert task.carried is kept
    task.next_batch(task.steps_per_epoch)
    assert task.carried is None


def test_two_epochs_cut_the_text_at_other_places_and_miss_nothing_of_it(tmp_path):
    run = laid_out(tmp_path)
    task = task_of(run)
    first, second = (torch.cat([w.ids[0] for w in task._cut(epoch)]) for epoch in (0, 1))
    text = task.dataset.decode(task.dataset.train_ids)
    assert task.dataset.decode(first) in text
    assert task.dataset.decode(second) in text
    assert not torch.equal(first, second)


@pytest.fixture
def trained(tmp_path, train_here):
    def make(**wish) -> RunDirectory:
        run = laid_out(tmp_path, **wish)
        assert train_here(run) == 0
        return run

    return make


def asked(run: RunDirectory, kind: str, **question) -> dict:
    return Lab().answer(json.dumps({"ask": kind, "run": str(run.path), **question}))


def test_evaluation_gives_the_recorded_nats_again(trained):
    run = trained()
    answer = asked(run, "evaluate")
    assert answer["found"] == pytest.approx(run.status().held_out, abs=1e-6)
    assert answer["agrees"] is True
    assert set(answer["twin"]) == {"rnn/lstm"}


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("twin", [True, False])
def test_the_walk_shows_what_the_layers_themselves_compute(cell, twin, tmp_path):
    run = laid_out(tmp_path, cell=cell, twin=twin, num_layers="2")
    task = task_of(run)
    x = task.model.embedding(task.dataset.held_out_ids[:30]).detach()
    out, state = task.model.layers(x[None], None)
    layers = walk(task.recurrent, x)
    assert [set(each) for each in layers] == [set(SIGNALS[cell])] * 2
    assert torch.allclose(layers[-1]["h"], out[0], atol=1e-5)
    if cell == "lstm":
        assert torch.allclose(layers[0]["c"][-1], state[1][0, 0], atol=1e-5)
        again = layers[0]["f"][5] * layers[0]["c"][4] + layers[0]["i"][5] * layers[0]["g"][5]
        assert torch.allclose(again, layers[0]["c"][5], atol=1e-6)


def test_saliency_is_what_ln_p_loses_to_first_order(trained):
    net = load_trained_net(trained(), DataStore())
    model, ids = net.task.model.double().eval(), net.task.dataset.held_out_ids[:15]
    values, _ = saliency(model, ids, target=3)
    x = model.embedding(ids).detach()
    for place_, step in ((0, 1e-6), (7, 1e-6), (14, 1e-6)):
        moved = [x.clone(), x.clone()]
        moved[0][place_] *= 1 + step
        moved[1][place_] *= 1 - step
        with torch.no_grad():
            up, down = (model.head(model.layers(each[None], None)[0][0, -1]).log_softmax(-1)[3] for each in moved)
        assert float((up - down) / (2 * step)) == pytest.approx(float(values[place_]), rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_every_picture_of_a_run_has_its_numbers(cell, trained):
    run = trained(cell=cell)
    gates = asked(run, "gates", text="Blow, winds", sort=True)
    assert (len(gates["values"]), len(gates["values"][0])) == (12, 11)
    assert sorted(gates["units"]) == list(range(12))
    assert set(gates["saturation"]) == {"lstm": set("ifo"), "gru": set("rz"), "rnn": set()}[cell]
    cells = asked(run, "cells")
    assert {"upper case", "a vowel"} <= {each["feature"] for each in cells["found"]}
    assert all(-1 <= each["score"] <= 1 and 0 <= each["chance"] <= 1 for each in cells["found"])
    assert len(cells["shares"]) == len(cells["text"])
    assert 0 <= min(cells["shares"]) < 0.3 < 0.7 < max(cells["shares"]) <= 1
    said = asked(run, "saliency", text="KING LEAR:\nBl")
    assert len(said["values"]) == len(said["text"]) == 13
    assert said["probability"] == max(each["probability"] for each in said["guesses"])
    curves = asked(run, "through_time")["curves"]
    assert {each["log10"][-1] for each in curves} == {0.0}
    assert len(curves) == (9 if cell == "lstm" else 2)


def test_gradients_of_untrained_cells_are_those_of_both_forget_biases_and_of_the_runs_own(trained):
    run = trained(forget_bias="3")
    found = {each["name"]: each["log10"] for each in asked(run, "through_time")["curves"]}
    ten_back = [found[f"c, untrained, bias {bias}"][-11] for bias in (0, 1, 3)]
    assert ten_back == sorted(ten_back)
    assert ten_back[0] == pytest.approx(10 * math.log10(0.5), abs=0.8)
    assert ten_back[2] == pytest.approx(10 * math.log10(1 / (1 + math.exp(-3))), abs=0.8)
    without = trained(name="rnn-full-002", forget_gate="false")
    assert {each["name"] for each in asked(without, "through_time")["curves"]} == {
        f"{state}, {when}" for state in ("h", "c", "h and c") for when in ("trained", "untrained")
    }


def test_one_unit_is_seen_by_all_its_gates_as_the_page_of_units_has_them(trained):
    run = trained()
    one = asked(run, "gates", text="Blow, winds", unit=5)
    assert list(one["rows"]) == list("ifgoch")
    for gate in "fc":
        page = asked(run, "gates", text="Blow, winds", gate=gate)
        assert one["rows"][gate] == page["values"][page["units"].index(5)]
    assert list(asked(run, "gates", unit=5, gate="o")["rows"]) == ["o"]
    assert asked(run, "gates", unit=5, sort=True)["order"] == asked(run, "gates", sort=True)["units"]
    assert set(one["saturation"]) == set("ifo")
    assert one["saturation"] != asked(run, "gates", unit=6)["saturation"]
    assert "from 0 to 11" in asked(run, "gates", unit=12)["next"]


def test_what_a_picture_cannot_be_asked_is_told_with_what_can(trained):
    run = trained()
    assert "no gate or state" in asked(run, "gates", gate="z")["error"]
    assert {asked(run, "gates", gate="z")["code"], asked(run, "gates", text="a~b")["code"]} == {2}
    assert "'~'" in asked(run, "gates", text="a~b")["error"]
    assert asked(run, "cells", unit=11)["unit"] == 11
    assert "from 0 to 11" in asked(run, "cells", unit=12)["next"]
    assert "looks at no images" in asked(run, "features")["error"]


def test_a_sample_repeats_with_its_seed_and_tells_how_likely_each_character_was(trained):
    run = trained()
    one = asked(run, "sample", prompt="KING", length=40, temperature=0.7, seed=5)
    assert one == asked(run, "sample", prompt="KING", length=40, temperature=0.7, seed=5)
    assert one["text"] != asked(run, "sample", prompt="KING", length=40, temperature=0.7, seed=6)["text"]
    assert len(one["text"]) == len(one["probabilities"]) == 40
    cold = asked(run, "sample", prompt="KING", length=40, temperature=0.01)
    assert sum(cold["probabilities"]) / 40 > sum(one["probabilities"]) / 40
    assert "temperature of 0" in asked(run, "sample", temperature=0.0)["error"]


@pytest.mark.parametrize(("preset", "baseline"), [("adding", 1 + 1 / 6), ("copy", math.log(10))])
def test_the_long_range_tasks_start_at_what_guessing_gives(preset, baseline, trained):
    run = trained(preset=preset, iterations="10", length="20")
    held_out = [line for line in lines_of(run) if line["kind"] == "held_out"]
    assert held_out[0]["loss"] == pytest.approx(baseline, rel=0.5)
    assert 0 <= run.status().held_out <= 1


@pytest.mark.parametrize(("processes", "is_kept"), [(1, True), (2, False)])
def test_a_carried_state_is_gone_on_from_only_where_it_is_the_process_s_own(processes, is_kept, tmp_path):
    task = task_of(laid_out(tmp_path))
    task.loss(task.next_batch(0))
    task.placement = Placement(torch.device("cpu"), 0, processes)
    task.restore(task.state())
    assert (task.carried is not None) is is_kept


def test_a_carried_state_goes_to_the_device_that_the_run_goes_on_with(tmp_path):
    task = task_of(laid_out(tmp_path))
    task.loss(task.next_batch(0))
    saved = task.state()
    task.placement = Placement(torch.device("meta"))
    task.restore(saved)
    assert {part.device.type for part in task.carried} == {"meta"}


def test_looks_come_as_often_as_is_asked(tmp_path):
    usual = task_of(laid_out(tmp_path, "rnn-full-001", iterations="800"))
    rare = task_of(laid_out(tmp_path, "rnn-full-002", iterations="800", evaluate_every_epochs="2"))
    assert [step for step in range(1, 801) if usual.due_evaluation(step)] == list(range(100, 801, 100))
    every = 2 * rare.steps_per_epoch
    assert [step for step in range(1, 801) if rare.due_evaluation(step)] == [*range(every, 800, every), 800]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"epochs": "3"}, "epochs changes nothing"),
        ({"dropout": "0.5"}, "dropout changes nothing"),
        ({"iterations": "0"}, "needs iterations"),
        ({"length": "5"}, "10 steps at least"),
        ({"cell": "gru", "forget_gate": "false"}, "no forget gate"),
    ],
)
def test_settings_that_mean_nothing_to_a_long_range_task_are_refused(changes, words):
    with pytest.raises(PresetRefused, match=words):
        settings_for("rnn", "adding", changes)


def test_a_cell_without_a_forget_gate_cannot_lose_it_by_an_ablation_either():
    settings = settings_for("rnn", "quick", {"forget_gate": "false"})
    with pytest.raises(PresetRefused, match="no forget gate"):
        ablated_settings("rnn", settings, ["gru"])


@pytest.mark.parametrize("preset", ["adding", "copy"])
@pytest.mark.parametrize("cell", ["gru", "rnn"])
def test_another_cell_has_as_many_parameters_counted_on_the_nets_themselves(preset, cell, tmp_path):
    def counted(name: str, **changes: str) -> int:
        model = task_of(laid_out(tmp_path, name, preset=preset, **changes)).model
        return sum(each.numel() for each in model.parameters() if each.requires_grad)

    settings = settings_for("rnn", preset, {"cell": cell})
    other = counted("rnn-a-001", cell=cell, hidden=str(settings["hidden"]))
    assert other == pytest.approx(counted("rnn-a-002", hidden="64"), rel=0.015)  # one unit more is 2.4 %


def test_an_unknown_declaration_is_named_with_its_file(tmp_path):
    described_run = described()
    parts = tuple(
        replace(part, source="learner", file="rnn/lstm_cell.py") if part.exercise_id == "rnn/lstm_cell" else part
        for part in described_run.parts
    )
    run = RunDirectory.create(tmp_path / "runs", replace(described_run, id="rnn-full-009", parts=parts))
    (run.modules / "rnn").mkdir(parents=True)
    (run.modules / "rnn" / "lstm_cell.py").write_text(
        "CONVENTIONS = {'gate_order': 'ifog!'}\n\ndef lstm_cell(*given):\n    return given\n"
    )
    with pytest.raises(PartUnusable, match="CONVENTIONS in rnn/lstm_cell"):
        task_of(run)
