import random
import signal
import sys
import time
from dataclasses import replace

import pytest
import torch

from models import checkpoint_keeper, trainer
from models.run_status import RunStatus
from models.stop_signals import StopSignals
from tests.models.conftest import learner_file, saved_state


@pytest.fixture
def train_here(monkeypatch):
    """Train a run in this process: the same as the child, but for signals and niceness."""
    monkeypatch.setattr(StopSignals, "install", lambda _: None)
    monkeypatch.setattr(trainer, "_stand_back", lambda: None)
    threads, before = torch.get_num_threads(), list(sys.meta_path)
    yield lambda run: trainer.main([str(run.path)])
    torch.set_num_threads(threads)
    sys.meta_path[:] = before


def wait_for(condition, process, seconds=120.0):
    """Wait until it holds; a process that ends first is a failure, with what it said."""
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.005)


def lines_in(run):
    return run.metrics.read_bytes().count(b"\n") if run.metrics.exists() else 0


def all_tensors(value, path=""):
    if isinstance(value, torch.Tensor):
        yield path, value
    elif isinstance(value, dict | list | tuple):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from all_tensors(inner, f"{path}/{key}")


def same_bits(one, other):
    ones, others = dict(all_tensors(one)), dict(all_tensors(other))
    return ones.keys() == others.keys() and all(torch.equal(ones[key], others[key]) for key in ones)


def test_a_run_trains_to_its_end_and_tells_what_came_of_it(make_run, train_here, metrics_of):
    run = make_run(changes={"evaluate_every_epochs": "1", "batch_size": "360", "iterations": "5"})
    assert train_here(run) == 0
    status, config = run.status(), run.config()
    assert (status.state, status.step, status.total_steps, config.total_steps) == ("finished", 5, 5, 5)
    assert config.dataset["train"] == 1442
    assert config.dataset["checksum"].startswith("sha256:")
    assert config.versions["torch"] == torch.__version__
    every = metrics_of(run)
    lines = [line for line in every if line["kind"] != "gradients"]
    assert [line["step"] for line in every if line["kind"] == "gradients"] == [1, 2, 3, 4, 5]
    assert [(line["kind"], line["step"]) for line in lines] == [
        ("twin", 0), ("train", 1), ("train", 2), ("train", 3),
        ("train", 4), ("twin", 4), ("held_out", 4), ("train", 5), ("twin", 5), ("held_out", 5),
    ]  # fmt: skip
    assert set(lines[1]) == {"step", "kind", "loss", "accuracy", "lr"}
    assert set(lines[0]["max_difference"]) == {"cnn/conv2d", "cnn/batchnorm2d"}
    assert status.held_out == lines[-1]["accuracy"] == status.final["held_out_accuracy"]
    assert status.final["twin"] == lines[-2]["max_difference"]
    assert status.final["held_out_looks"] == 2
    assert status.final["reached_bar"] is False
    assert saved_state(run)["step"] == 5
    assert not (run.modules / "cnn" / "__pycache__").exists()


def test_a_finished_run_is_left_alone(make_run, train_here):
    run = make_run()
    run.write_status(RunStatus(state="finished", step=12, message="as it was"))
    assert train_here(run) == 0
    assert run.status().message == "as it was"
    assert not run.metrics.exists()


# A net that draws from every generator there is: a resumed run must draw on, not anew.
NOISY = learner_file("cnn/resnet").replace(
    "        for stage in self.stages:\n            x = stage(x)",
    "        if self.training:\n"
    "            import random, numpy\n"
    "            x = x + 0.05 * torch.randn_like(x) * random.random() * float(numpy.random.rand())\n"
    "        for stage in self.stages:\n            x = stage(x)",
)


def kill_and_resume(run, start_trainer, kills, total):
    """Kill -9 at random moments, `kills` times, then let it finish."""
    dice = random.Random(total + kills)
    for _ in range(kills):
        process = start_trainer(run)
        try:
            goal, before = min(lines_in(run) + dice.randint(3, 9), total // 2), run.status().step
            wait_for(lambda goal=goal, before=before: lines_in(run) >= goal and run.status().step > before, process)
        finally:
            process.kill()
            process.wait()
        assert run.status().state == "died"
    finish(run, start_trainer)


def finish(run, start_trainer):
    process = start_trainer(run)
    said, _ = process.communicate(timeout=300)
    assert (process.returncode, run.status().state) == (0, "finished"), said + run.status().message


KILLED = {"batch_size": "16", "checkpoint_seconds": "0.1"}
STEPS_A_KILL = 60  # the status may be half a second old: a kill has to find the run still at work


@pytest.mark.parametrize(
    ("kills", "threads", "twin"), [(2, 1, True), pytest.param(6, 2, False, marks=pytest.mark.slow)]
)
def test_killed_with_9_and_resumed_gives_the_same_bits(kills, threads, twin, make_run, start_trainer):
    assert "numpy.random" in NOISY
    total = kills * STEPS_A_KILL
    changes = {**KILLED, "iterations": str(total)}
    runs = [
        make_run(name, files={"cnn/resnet.py": NOISY}, changes=changes, threads=threads, twin=twin)
        for name in ("cnn-quick-001", "cnn-quick-002")
    ]
    finish(runs[0], start_trainer)
    kill_and_resume(runs[1], start_trainer, kills, total)
    straight, resumed = (saved_state(run) for run in runs)
    assert "goes on after step" in runs[1].log.read_text()
    assert runs[0].metrics.read_bytes() == runs[1].metrics.read_bytes()
    assert straight["step"] == resumed["step"] == total
    for part in ("model", "optimizer", "task", "random"):
        assert same_bits(straight[part], resumed[part]), part


def test_a_run_killed_before_its_first_checkpoint_starts_over_with_the_same_numbers(make_run, train_here, monkeypatch):
    whole, cut = make_run("cnn-quick-001"), make_run("cnn-quick-002")
    train_here(whole)

    def killed(*_):
        raise KeyboardInterrupt  # at the first checkpoint, after the last step

    with monkeypatch.context() as patch:
        patch.setattr(checkpoint_keeper, "save_checkpoint", killed)
        train_here(cut)
    assert not cut.checkpoint.exists()
    assert lines_in(cut) > 12
    assert train_here(cut) == 0
    assert cut.metrics.read_bytes() == whole.metrics.read_bytes()


NEW_SETTINGS = {
    "iterations": "9", "average": "0.8", "precision": "bfloat16", "first_size": "24", "grown_after": "0.6",
    "mirroring": "alternate", "validation_images": "42", "batch_size": "280", "evaluate_every_epochs": "1",
}  # fmt: skip


def test_stopped_and_resumed_with_every_setting_of_the_full_schedule_gives_the_same_bits(
    make_run, train_here, monkeypatch, metrics_of
):
    whole, cut = (make_run(name, changes=NEW_SETTINGS) for name in ("cnn-quick-001", "cnn-quick-002"))
    assert train_here(whole) == 0
    with monkeypatch.context() as patch:
        patch.setattr(StopSignals, "requested", property(lambda _: lines_in(cut) >= 6))
        train_here(cut)
    assert 0 < cut.status().step < 9
    assert train_here(cut) == 0
    assert cut.metrics.read_bytes() == whole.metrics.read_bytes()
    for part in ("model", "optimizer", "task", "random"):
        assert same_bits(saved_state(whole)[part], saved_state(cut)[part]), part
    kinds = [line["kind"] for line in metrics_of(whole)]
    assert (kinds.count("validation"), kinds.count("held_out")) == (1, 1)
    final = whole.status().final
    assert (final["held_out_looks"], final["precision"]) == (1, "bfloat16")
    assert whole.config().settings["average"] == 0.8


SLEEPING = learner_file("cnn/resnet").replace(
    "        for stage in self.stages:\n            x = stage(x)",
    "        import time\n"
    "        time.sleep(3600 if self.training and x.requires_grad else 0)\n"
    "        for stage in self.stages:\n            x = stage(x)",
)


def test_sigterm_finishes_the_step_saves_and_can_be_resumed_and_sighup_means_nothing(make_run, start_trainer):
    run = make_run(changes={"iterations": "100000", "epochs": "0"})
    process = start_trainer(run)
    try:
        wait_for(lambda: run.status().step >= 2, process)
        process.send_signal(signal.SIGHUP)
        seen = run.status().step
        wait_for(lambda: run.status().step > seen, process)
        assert run.request_stop()
        assert process.wait(timeout=60) == 0, process.communicate()[0]
    finally:
        process.kill()
    status = run.status()
    assert status.state == "stopped"
    assert saved_state(run)["step"] == status.step
    assert f"stopped after step {status.step}" in status.message


def test_a_second_signal_ends_even_code_that_hangs(make_run, start_trainer):
    run = make_run(files={"cnn/resnet.py": SLEEPING})
    process = start_trainer(run)
    try:
        wait_for(lambda: lines_in(run) == 0 and run.status().total_steps == 12, process)
        time.sleep(1.0)  # into the learner's hour of sleep
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == trainer.INTERRUPTED
    finally:
        process.kill()
    assert run.status().state == "stopped"
    assert "stopped at once" in run.status().message


def test_a_second_trainer_of_the_same_run_is_refused(make_run, train_here, capsys):
    run = make_run()
    with run.lock():
        assert train_here(run) == trainer.WRONG_USAGE
    assert "is being trained already" in capsys.readouterr().err
    assert run.status().state == "created"


def test_a_loss_that_is_not_a_number_ends_the_run_and_keeps_a_finite_checkpoint(make_run, train_here, metrics_of):
    text = learner_file("cnn/resnet").replace(
        "return self.fc(", "return float('nan' if self.steps == 5 else 1) * self.fc("
    )
    text += "\n    steps = 0\n    def train(self, mode=True):\n        self.steps += mode\n"
    text += "        return super().train(mode)\n"
    run = make_run(files={"cnn/resnet.py": text}, changes={"checkpoint_seconds": "0"}, twin=False)
    assert train_here(run) == trainer.FAILED
    status, last = run.status(), metrics_of(run)[-1]
    assert status.state == "diverged"
    assert "The loss became nan at step 5. The checkpoint of step 4 is kept." in status.message
    assert (last["step"], last["loss"], last["not_finite"]) == (5, None, "nan")
    kept = saved_state(run)
    assert kept["step"] == 4
    assert all(torch.isfinite(value).all() for _, value in all_tensors(kept["model"]) if value.is_floating_point())


def test_a_rate_far_too_high_ends_as_diverged_whatever_breaks_first(make_run, train_here):
    run = make_run(changes={"peak_lr": "1e18", "checkpoint_seconds": "0"})
    assert train_here(run) == trainer.FAILED
    assert run.status().state == "diverged"
    assert "is not finite after step" in run.status().message


def test_weights_that_are_not_finite_are_never_saved_as_a_checkpoint(make_run, train_here):
    text = learner_file("cnn/resnet") + (
        "\n    steps = 0\n"
        "    def train(self, mode=True):\n"
        "        self.steps += mode\n"
        "        if self.steps == 8:\n"
        "            self.get_buffer('bn1.running_var').fill_(float('inf'))\n"
        "        return super().train(mode)\n"
    )
    run = make_run(files={"cnn/resnet.py": text}, changes={"checkpoint_seconds": "0"})
    assert train_here(run) == trainer.FAILED
    status = run.status()
    assert status.state == "diverged"
    assert "bn1.running_var of the net is not finite" in status.message
    kept = saved_state(run)
    assert torch.isfinite(kept["model"]["bn1.running_var"]).all()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("cnn/conv.py", "kh, kw = w.shape[2:]", "kh, kw = 1 / 0", ("ZeroDivisionError", "in conv2d: kh, kw = 1 / 0")),
        ("cnn/resnet.py", "return self.fc", "return self.fcc", ("AttributeError", "cnn/resnet.py, line", "in forward")),
        ("cnn/blocks.py", "class BasicBlock", "class class BasicBlock", ("SyntaxError", "cnn/blocks.py, line")),
        ("cnn/conv.py", "import math", "import math, sys\nsys.exit(0)", ("SystemExit", "cnn/conv.py, line")),
        ("cnn/conv.py", "import math", "import math, einops", ("ImportRefused", '"einops" is not used here')),
    ],
)
def test_the_learners_own_error_fails_the_run_with_their_lines_only(file, old, new, words, make_run, train_here):
    exercise = {"cnn/conv.py": "cnn/conv2d", "cnn/resnet.py": "cnn/resnet", "cnn/blocks.py": "cnn/basic_block"}
    text = learner_file(exercise[file])
    assert old in text
    run = make_run(files={file: text.replace(old, new)})
    assert train_here(run) == trainer.FAILED
    status = run.status()
    assert status.state == "failed"
    for word in words:
        assert word in status.message
    assert "training.py" not in status.message
    assert str(run.path) not in status.message
    assert "Traceback" in run.log.read_text()


def test_an_exception_that_cannot_even_be_told_fails_the_run_all_the_same(make_run, train_here):
    text = learner_file("cnn/resnet") + (
        "\n\nclass Mean(Exception):\n    def __str__(self):\n        raise ValueError\n\n"
        "def f(*_):\n    raise Mean\n\nResNet.forward = f\n"
    )
    run = make_run(files={"cnn/resnet.py": text})
    assert train_here(run) == trainer.FAILED
    assert "its message cannot be shown (ValueError)" in run.status().message


def test_a_layer_that_disagrees_with_its_twin_fails_the_run_with_part_layer_and_difference(make_run, train_here):
    text = learner_file("cnn/batchnorm2d").replace("var * m / (m - 1)", "var")
    run = make_run(files={"cnn/normalisation.py": text})
    assert train_here(run) == trainer.FAILED
    message = run.status().message
    assert "cnn/batchnorm2d disagrees with torch's layer at " in message
    assert "its running_var in training differs by" in message
    assert "--no-twin" in message
    own = make_run("cnn-quick-002", files={"cnn/normalisation.py": text}, twin=False, changes={"iterations": "2"})
    assert train_here(own) == 0


def test_a_checkpoint_that_fails_once_is_told_and_training_goes_on(make_run, train_here, monkeypatch):
    save, calls = checkpoint_keeper.save_checkpoint, []

    def fails_once(run, state):
        calls.append(run.status().message)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        save(run, state)

    monkeypatch.setattr(checkpoint_keeper, "save_checkpoint", fails_once)
    run = make_run(changes={"checkpoint_seconds": "0"})
    assert train_here(run) == 0
    assert "The last checkpoint could not be saved: [Errno 28] No space left on device" in calls[2]
    assert (run.status().state, run.status().message) == ("finished", "")
    assert "No space left" in run.log.read_text()


def test_three_failed_checkpoints_in_a_row_end_the_run_where_it_can_go_on(make_run, train_here, monkeypatch):
    save, calls = checkpoint_keeper.save_checkpoint, []

    def full_after_three(run, state):
        calls.append(state["step"])
        if len(calls) > 3:
            raise RuntimeError("[enforce fail at inline_container.cc:664] unexpected pos\nframe")
        save(run, state)

    run = make_run(changes={"checkpoint_seconds": "0"})
    with monkeypatch.context() as patch:
        patch.setattr(checkpoint_keeper, "save_checkpoint", full_after_three)
        assert train_here(run) == trainer.FAILED
    assert calls == [1, 2, 3, 4, 5, 6]
    assert run.status().state == "failed"
    assert "goes on from step 3" in run.status().message
    assert train_here(run) == 0
    assert run.status().step == 12


def test_a_full_disk_under_the_status_does_not_end_the_run(make_run, train_here, monkeypatch):
    run = make_run()
    write, calls = type(run).write_status, []

    def full_for_a_while(self, status):
        calls.append(status.state)
        if len(calls) < 4 and status.state == "running":
            raise OSError(28, "No space left on device")
        write(self, status)

    monkeypatch.setattr(type(run), "write_status", full_for_a_while)
    assert train_here(run) == 0
    assert run.status().state == "finished"
    assert "status.json could not be written" in run.log.read_text()


def stop_early(monkeypatch, train_here, run, step):
    """Train as far as `step` and stop there, as a signal would."""
    from models.training_session import TrainingSession

    record = TrainingSession._record

    def stopping(self, metrics):
        record(self, metrics)
        self.signals._requested = metrics.step == step

    with monkeypatch.context() as patch:
        patch.setattr(TrainingSession, "_record", stopping)
        assert train_here(run) == 0
    assert (run.status().state, run.status().step) == ("stopped", step)


def test_files_that_changed_since_the_checkpoint_are_refused_by_name(make_run, train_here, monkeypatch):
    run = make_run()
    stop_early(monkeypatch, train_here, run, 4)
    path = run.modules / "cnn" / "conv.py"
    text = path.read_text()
    path.write_text(text + "\n# another\n")
    assert train_here(run) == trainer.FAILED
    assert "cnn/conv.py changed since this run's checkpoint" in run.status().message
    path.write_text(text)
    assert train_here(run) == 0
    assert run.status().state == "finished"


def test_other_data_or_another_length_than_at_the_start_is_refused(make_run, train_here, monkeypatch):
    run = make_run()
    stop_early(monkeypatch, train_here, run, 4)
    config = run.config()
    run.write_config(replace(config, dataset={**config.dataset, "checksum": "sha256:other"}))
    assert train_here(run) == trainer.FAILED
    assert "its checksum differs" in run.status().message
    run.write_config(replace(config, settings={**config.settings, "iterations": 99}))
    assert train_here(run) == trainer.FAILED
    assert "was to take 12 steps, and its settings now say 99" in run.status().message


def test_a_damaged_checkpoint_is_told_and_the_run_goes_on_from_the_one_before(make_run, train_here, monkeypatch):
    whole, damaged = make_run("cnn-quick-001"), make_run("cnn-quick-002", changes={"checkpoint_seconds": "0"})
    train_here(whole)
    stop_early(monkeypatch, train_here, damaged, 6)
    damaged.checkpoint.write_bytes(damaged.checkpoint.read_bytes()[:5000])
    assert train_here(damaged) == 0
    assert "checkpoint.pt is damaged" in damaged.log.read_text()
    assert "from checkpoint.prev.pt" in damaged.log.read_text()
    assert damaged.metrics.read_bytes() == whole.metrics.read_bytes()


def test_missing_data_could_not_be_verified_here_and_names_the_command(make_run, train_here, monkeypatch, tmp_path):
    monkeypatch.setenv("PHASE3_DATA", str(tmp_path / "empty"))
    run = make_run(preset="full", changes={})
    assert train_here(run) == trainer.NOT_POSSIBLE_HERE
    assert run.status().state == "failed"
    assert "phase3-tutor data get cifar10" in run.status().message


def test_a_device_that_is_not_here_is_a_sentence(make_run, train_here):
    run = make_run(device="tpu")
    assert train_here(run) == trainer.FAILED
    assert 'There is no device "tpu" here. Next: use --device cpu' in run.status().message


def test_wrong_usage_and_a_folder_that_is_no_run_are_told_without_a_traceback(tmp_path, capsys):
    assert trainer.main([]) == trainer.WRONG_USAGE
    assert trainer.main([str(tmp_path)]) == trainer.WRONG_USAGE
    said = capsys.readouterr().err
    assert "usage:" in said
    assert "config.json" in said
    assert "Traceback" not in said
