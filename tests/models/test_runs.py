import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import filelock
import pytest

from models import run_process
from models.atomic_file import replace_file, replacing
from models.presets import part_ids
from models.run_process import is_same_process, process_start
from models.runs import (
    Part,
    RunConfig,
    RunDirectory,
    RunExists,
    RunNotFound,
    RunStatus,
    RunUnreadable,
    SealedPrediction,
    find_run,
    list_runs,
    new_run_id,
)

ROOT = Path(__file__).parents[2]

LEARNERS = Part("cnn/conv2d", "learner", "cnn/conv.py", "conv2d", "5f2c")
REFERENCES = Part("cnn/resnet", "reference", "cnn/resnet.py", "ResNet", "", "not passed yet")
CONFIG = RunConfig(
    id="cnn-quick-001",
    project="cnn",
    preset="quick",
    seed=7,
    device="cpu",
    threads=2,
    twin=True,
    total_steps=0,
    settings={"peak_lr": 0.1, "augment": False},
    dataset={"name": "digits"},
    parts=(LEARNERS, REFERENCES),
    workspace_id="a1b2",
    created_at="2026-03-01T10:00:00+00:00",
    versions={"torch": "2.9"},
)


def make_run(runs_folder: Path, run_id: str = CONFIG.id, created_at: str = CONFIG.created_at) -> RunDirectory:
    return RunDirectory.create(runs_folder, replace(CONFIG, id=run_id, created_at=created_at))


TRAINER = """
import os, signal, sys, time
from pathlib import Path
from models.runs import RunDirectory, RunStatus
run = RunDirectory(Path(sys.argv[1]))
with run.lock():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))
    run.write_status(RunStatus(state="running", step=3, total_steps=9, pid=os.getpid()))
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def start_trainer() -> Iterator[Callable[[RunDirectory], subprocess.Popen]]:
    """Starts a process that holds the run's lock, says that it runs, and waits."""
    started = []

    def start(run: RunDirectory) -> subprocess.Popen:
        process = subprocess.Popen([sys.executable, "-c", TRAINER, run.path], cwd=ROOT, stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path)


def test_a_config_survives_the_way_through_its_file(run):
    assert run.config() == CONFIG


def test_a_run_with_a_reference_part_is_no_evidence():
    assert not CONFIG.is_evidence
    whole = tuple(replace(LEARNERS, exercise_id=each) for each in part_ids("cnn"))
    assert replace(CONFIG, parts=whole).is_evidence
    assert not replace(CONFIG, parts=whole[:-1]).is_evidence, "a net of other parts than the project asks for"
    assert not replace(CONFIG, parts=()).is_evidence


def test_an_ablation_is_recorded_and_is_no_evidence_for_the_project():
    config = replace(CONFIG, parts=(LEARNERS,), ablations=("no-skip", "kernel-5"))
    assert not config.is_evidence
    assert RunConfig.from_json(config.to_json()) == config


def test_a_config_of_a_version_without_ablations_has_none():
    text = json.dumps({key: value for key, value in json.loads(CONFIG.to_json()).items() if key != "ablations"})
    assert RunConfig.from_json(text).ablations == ()


def test_a_prediction_is_kept_in_the_config_and_a_damaged_one_is_named():
    sealed = SealedPrediction("lower 1-5", "2026-03-01T09:59:00+00:00", True, "c0de")
    config = replace(CONFIG, ablations=("no-skip",), prediction=sealed)
    assert RunConfig.from_json(config.to_json()) == config
    assert RunConfig.from_json(CONFIG.to_json()).prediction is None
    for damaged in ("lower 1-5", {"words": "lower 1-5"}, {**json.loads(config.to_json())["prediction"], "is_blind": 1}):
        with pytest.raises(RunUnreadable):
            RunConfig.from_json(json.dumps({**json.loads(config.to_json()), "prediction": damaged}))


def test_an_ablations_runs_are_named_for_it_and_counted_apart(tmp_path):
    names = [new_run_id("cnn", "quick", tmp_path, ablations) for ablations in ((), ("no-skip",), ("no-skip",), ())]
    assert names == ["cnn-quick-001", "cnn-quick-no-skip-001", "cnn-quick-no-skip-002", "cnn-quick-002"]


def test_keys_of_a_later_version_are_ignored():
    values = json.loads(CONFIG.to_json())
    values["invented_later"] = 1
    values["parts"][0]["invented_later"] = 1
    assert RunConfig.from_json(json.dumps(values)) == CONFIG


REQUIRED = [key for key in json.loads(CONFIG.to_json()) if key not in ("ablations", "prediction")]


@pytest.mark.parametrize("key", REQUIRED)
def test_a_missing_or_ill_typed_key_is_named_with_its_file(run, key):
    values = json.loads(CONFIG.to_json())
    ill_typed = {**values, key: None}
    del values[key]
    for text in (json.dumps(values), json.dumps(ill_typed)):
        (run.path / "config.json").write_text(text)
        with pytest.raises(RunUnreadable) as refusal:
            run.config()
        assert f'"{key}"' in refusal.value.thing
        assert refusal.value.place == str(run.path / "config.json")


def test_a_missing_key_of_a_part_is_named():
    values = json.loads(CONFIG.to_json())
    del values["parts"][0]["fingerprint"]
    with pytest.raises(RunUnreadable, match="fingerprint"):
        RunConfig.from_json(json.dumps(values))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\0\0", "[" * 100_000])
def test_a_damaged_config_or_status_is_unreadable_and_not_a_traceback(run, text):
    (run.path / "config.json").write_text(text)
    (run.path / "status.json").write_text(text)
    with pytest.raises(RunUnreadable):
        run.config()
    with pytest.raises(RunUnreadable):
        run.status()


def test_a_config_that_is_not_text_is_unreadable(run):
    (run.path / "config.json").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(RunUnreadable):
        run.config()


def test_a_new_run_is_created_and_not_alive(run):
    assert run.status() == RunStatus(state="created")
    assert not run.is_alive()
    assert not run.request_stop()


def test_a_status_survives_the_way_through_its_file(run):
    status = RunStatus(
        state="finished",
        step=9,
        total_steps=9,
        heartbeat=12.5,
        message="done",
        examples_per_s=310.0,
        seconds_left=0.0,
        held_out=0.975,
        final={"loss": 0.1},
    )
    run.write_status(status)
    assert run.status() == status


def test_numbers_that_are_not_finite_are_written_as_nothing(run):
    diverged = RunStatus(state="diverged", held_out=float("nan"), final={"loss": float("inf")})
    run.write_status(diverged)
    assert run.status() == replace(diverged, held_out=None, final={"loss": None})


def test_a_status_with_values_of_other_types_still_tells_the_state(run):
    (run.path / "status.json").write_text('{"state": "stopped", "step": "x", "final": 3, "seconds_left": "soon"}')
    assert run.status() == RunStatus(state="stopped")


def test_died_is_derived_and_never_written(run):
    with pytest.raises(ValueError, match="derived"):
        run.write_status(RunStatus(state="died"))
    assert run.status().state == "created"


def test_a_killed_trainer_is_seen_as_died_at_once(run, start_trainer):
    trainer = start_trainer(run)
    assert run.is_alive()
    assert run.status().state == "running"
    trainer.kill()
    trainer.wait()
    assert not run.is_alive()
    assert run.status().state == "died"
    assert json.loads((run.path / "status.json").read_text())["state"] == "running"


def test_a_trainer_that_ends_between_two_looks_has_not_died(run, monkeypatch):
    run.write_status(RunStatus(state="running"))

    def ends_just_now(_lock_path):
        run.write_status(RunStatus(state="finished"))
        return False

    monkeypatch.setattr("models.run_directory.is_lock_held", ends_just_now)
    assert run.status().state == "finished"


def test_a_second_trainer_is_refused_and_admitted_after_a_kill(run, start_trainer, monkeypatch):
    monkeypatch.setattr("models.run_directory.LOCK_WAIT_S", 0.1)
    trainer = start_trainer(run)
    with pytest.raises(filelock.Timeout), run.lock():
        pass
    trainer.kill()
    trainer.wait()
    with run.lock():
        assert run.is_alive()


def test_looking_whether_it_is_alive_does_not_keep_a_trainer_out(run):
    stop = threading.Event()

    def look():
        while not stop.is_set():
            run.is_alive()

    lookers = [threading.Thread(target=look) for _ in range(2)]
    for looker in lookers:
        looker.start()
    try:
        for _ in range(20):
            with run.lock():
                pass
    finally:
        stop.set()
        for looker in lookers:
            looker.join()


def test_two_readers_that_look_at_once_do_not_take_each_other_for_a_trainer(run):
    with run.lock():
        pass
    with (run.path / "run.lock").open("rb") as other_reader:
        fcntl.flock(other_reader, fcntl.LOCK_SH)
        assert not run.is_alive()


def test_stopping_sends_sigterm_to_the_trainer(run, start_trainer):
    trainer = start_trainer(run)
    assert run.request_stop()
    assert trainer.wait(timeout=10) == 5


def test_stopping_never_signals_a_process_that_was_given_the_same_number(run):
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        with run.lock():  # a trainer that has just resumed and has not written its own pid yet
            run.write_status(RunStatus(state="running", pid=bystander.pid, process_start="another boot:1"))
            assert not run.request_stop()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_without_locks_the_process_itself_is_looked_for(run, monkeypatch):
    monkeypatch.setattr("models.run_directory.is_lock_held", lambda _path: None)
    run.write_status(RunStatus(state="running", pid=os.getpid()))
    assert run.is_alive()
    run.write_status(RunStatus(state="running", pid=os.getpid(), process_start="another boot:1"))
    assert run.status().state == "died"


def test_a_file_system_without_locks_is_told_from_a_free_lock(run, monkeypatch):
    run.lock().acquire()

    def no_locks_here(_descriptor, _operation):
        raise OSError(38, os.strerror(38))

    monkeypatch.setattr(run_process.fcntl, "flock", no_locks_here)
    assert run_process.is_lock_held(run.path / "run.lock") is None


def test_a_process_is_told_by_its_start_even_when_its_name_holds_brackets(tmp_path):
    odd = tmp_path / "a) b (c"
    odd.symlink_to("/bin/sleep")
    sleeper = subprocess.Popen([odd, "60"])
    try:
        start = process_start(sleeper.pid)
        assert start.rpartition(":")[2].isdigit()
        assert is_same_process(sleeper.pid, start)
        assert not is_same_process(sleeper.pid, start + "0")
    finally:
        sleeper.kill()
        sleeper.wait()
    assert not is_same_process(sleeper.pid, start)
    assert not is_same_process(0, "")


def test_ids_count_up_for_each_project_and_preset(tmp_path):
    make_run(tmp_path, "cnn-quick-007")
    assert new_run_id("cnn", "quick", tmp_path) == "cnn-quick-008"
    assert new_run_id("cnn", "quick", tmp_path) == "cnn-quick-009"
    assert new_run_id("cnn", "full", tmp_path) == "cnn-full-001"
    assert list_runs(tmp_path)[0].id == "cnn-quick-007"  # a reserved name is no run yet


def test_ids_given_to_many_at_once_are_all_different(tmp_path):
    given = []
    threads = [threading.Thread(target=lambda: given.append(new_run_id("cnn", "quick", tmp_path))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(given)) == 16


def test_a_name_taken_since_the_folder_was_read_is_not_given_again(tmp_path, monkeypatch):
    taken = new_run_id("cnn", "quick", tmp_path)
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))  # what was read before the other one took it
    assert new_run_id("cnn", "quick", tmp_path) != taken


def test_a_reserved_name_is_filled_and_a_run_is_never_overwritten(tmp_path):
    run = make_run(tmp_path, new_run_id("cnn", "quick", tmp_path))
    assert run.config().id == "cnn-quick-001"
    with pytest.raises(RunExists, match="cnn-quick-001"):
        make_run(tmp_path, "cnn-quick-001")


def test_runs_are_listed_newest_first_and_strangers_are_passed_over(tmp_path):
    make_run(tmp_path, "cnn-quick-002", "2026-03-01T10:00:00+00:00")
    make_run(tmp_path, "cnn-quick-010", "2026-03-02T10:00:00+02:00")
    make_run(tmp_path, "cnn-quick-999", "2026-03-02T08:00:00+00:00")  # the same second, said in another zone
    make_run(tmp_path, "cnn-quick-1000", "2026-03-02T08:00:00+00:00")
    (tmp_path / "not-a-run").mkdir()
    (tmp_path / "a-file").write_text("")
    names = [run.id for run in list_runs(tmp_path)]
    assert names == ["cnn-quick-1000", "cnn-quick-999", "cnn-quick-010", "cnn-quick-002"]


def test_a_run_with_a_damaged_config_is_still_listed(tmp_path):
    make_run(tmp_path)
    (make_run(tmp_path, "cnn-quick-002").path / "config.json").write_text("{")
    assert [run.id for run in list_runs(tmp_path)] == ["cnn-quick-001", "cnn-quick-002"]


def test_there_are_no_runs_where_there_is_no_folder(tmp_path):
    assert list_runs(tmp_path / "runs") == []


def test_a_run_is_found_by_id_by_unique_prefix_and_as_the_last(tmp_path):
    make_run(tmp_path, "cnn-quick-1", "2026-03-01T10:00:00+00:00")
    make_run(tmp_path, "cnn-quick-10", "2026-03-03T10:00:00+00:00")
    make_run(tmp_path, "cnn-full-1", "2026-03-02T10:00:00+00:00")
    assert find_run(tmp_path, "cnn-quick-1").id == "cnn-quick-1"
    assert find_run(tmp_path, "cnn-f").id == "cnn-full-1"
    assert find_run(tmp_path, "last").id == "cnn-quick-10"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cnn-quick", "cnn-quick-001"),  # several start so: they are named
        ("cnn-quikc-002", "try cnn-quick-002"),
        ("", "see them all"),
        ("../outside", "see them all"),
    ],
)
def test_a_name_that_fits_no_single_run_says_what_to_try(tmp_path, name, said):
    make_run(tmp_path / "runs", "cnn-quick-001")
    make_run(tmp_path / "runs", "cnn-quick-002")
    make_run(tmp_path, "outside")
    with pytest.raises(RunNotFound) as refusal:
        find_run(tmp_path / "runs", name)
    assert said in refusal.value.next_step
    assert refusal.value.place == str(tmp_path / "runs")


def test_looking_for_a_run_where_there_are_none_says_how_to_start_one(tmp_path):
    with pytest.raises(RunNotFound, match="phase3-tutor train"):
        find_run(tmp_path, "last")


def test_a_run_that_is_removed_while_it_is_followed_is_gone_not_broken(run, tmp_path):
    run.path.rename(tmp_path / "elsewhere")
    with pytest.raises(RunNotFound, match="gone"):
        run.status()
    assert not run.is_alive()
    assert run.size_bytes() == 0


def test_the_size_counts_every_file(run):
    before = run.size_bytes()
    (run.modules / "cnn").mkdir()
    (run.modules / "cnn" / "conv.py").write_bytes(b"x" * 1000)
    assert run.size_bytes() == before + 1000


def test_a_replacement_that_fails_leaves_the_old_file_and_no_draft(tmp_path):
    path = tmp_path / "checkpoint.pt"
    replace_file(path, b"old")

    def write_and_break():
        with replacing(path) as file:
            file.write(b"half of the ne")
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        write_and_break()
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["checkpoint.pt"]


def test_readers_of_a_replaced_file_never_see_a_half(run):
    stop = threading.Event()

    def write():
        step = 0
        while not stop.is_set():
            step += 1
            run.write_status(RunStatus(state="stopped", step=step, message="x" * (step % 3000)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        steps = [run.status().step for _ in range(300)]
    finally:
        stop.set()
        writer.join()
    assert steps == sorted(steps)


def test_signals_reach_nobody_when_the_trainer_is_gone(run, start_trainer):
    trainer = start_trainer(run)
    trainer.send_signal(signal.SIGKILL)
    trainer.wait()
    assert not run.request_stop()


def test_following_runs_loads_neither_torch_nor_a_screen():
    heavy = ("torch", "numpy", "textual", "rich", "tinydb", "filelock")
    script = f"import sys, models.runs, models.metrics; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
