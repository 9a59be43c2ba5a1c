"""A run that several processes train together, as torchrun starts them: gloo on the processor."""

import os
import socket
import subprocess
import sys
import time

import pytest
import torch

from models.checkpoint import load_checkpoint
from models.placement import NoSuchDevice, Placement, place
from tests.models.conftest import ROOT

CODE = "import sys; from models.trainer import main; sys.exit(main(sys.argv[1:]))"
SHORT = {"iterations": "8", "peak_lr": "0.02", "batch_size": "32", "validation_images": "42"}


def environments(count):
    """What torchrun tells each of its processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for rank in range(count):
        own = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": count, "LOCAL_WORLD_SIZE": count}
        place_ = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "OMP_NUM_THREADS": 1}
        yield os.environ | {name: str(value) for name, value in (own | place_).items()}


def train_together(run, count=2):
    """Train it in so many processes; every exit code."""
    command = [sys.executable, "-c", CODE, str(run.path)]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for env in environments(count)
    ]
    try:
        said = [process.communicate(timeout=300)[0] for process in started]
    finally:
        for process in started:
            process.kill()
    return [process.returncode for process in started], "\n".join(said)


def losses(metrics, kind="train"):
    return [line["loss"] for line in metrics if line["kind"] == kind]


def largest_difference(run, other):
    one, two = (loaded.state["model"] for each in (run, other) if (loaded := load_checkpoint(each)) is not None)
    return max(float((one[name].float() - two[name].float()).abs().max()) for name in one)


def test_two_processes_follow_one_where_no_layer_looks_across_the_batch(make_run, start_trainer, metrics_of):
    alone, together = (
        make_run(name, changes=SHORT, ablations=("no-bn",)) for name in ("cnn-quick-001", "cnn-quick-002")
    )
    assert start_trainer(alone).wait(300) == 0
    codes, said = train_together(together)
    assert codes == [0, 0], said + together.log.read_text()

    assert losses(metrics_of(together)) == pytest.approx(losses(metrics_of(alone)), rel=1e-4)
    assert losses(metrics_of(together), "held_out") == pytest.approx(losses(metrics_of(alone), "held_out"), rel=1e-4)
    assert largest_difference(alone, together) < 1e-4
    final = together.status().final
    assert (final["processes"], final["examples"], final["held_out_looks"]) == (2, 8 * 32, 1)
    assert [line["step"] for line in metrics_of(together) if line["kind"] == "train"] == list(range(1, 9))


def test_with_batch_normalisation_two_processes_follow_one_within_a_twentieth(make_run, start_trainer, metrics_of):
    """Each normalises by the statistics of its own 16 of 32 images, so the curves are near and not the same."""
    alone, together = (make_run(name, changes=SHORT) for name in ("cnn-quick-001", "cnn-quick-002"))
    assert start_trainer(alone).wait(300) == 0
    codes, said = train_together(together)
    assert codes == [0, 0], said + together.log.read_text()
    assert losses(metrics_of(together)) == pytest.approx(losses(metrics_of(alone)), rel=0.05)
    assert losses(metrics_of(together)) != losses(metrics_of(alone))


def test_every_image_of_a_batch_is_in_one_share():
    shares = [Placement(torch.device("cpu"), rank, 3).share(torch.arange(12)) for rank in range(3)]
    assert sorted(torch.cat(shares).tolist()) == list(range(12))
    assert {len(share) for share in shares} == {4}


def test_a_batch_that_cannot_be_cut_into_equal_parts_is_refused():
    with pytest.raises(NoSuchDevice, match="A batch of 32 cannot be cut into 3 equal parts"):
        Placement(torch.device("cpu"), 0, 3).check_batch(32)


def test_one_process_is_never_asked_to_wait_for_others():
    here = place("cpu", 0, {})
    assert here.mean({"loss": 0.5}) == {"loss": 0.5}
    assert (here.any(False), here.any(True)) == (False, True)
    tensor = torch.ones(3)
    here.average_([tensor])
    assert torch.equal(tensor, torch.ones(3))


def test_several_processes_on_mps_are_refused(monkeypatch):
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    with pytest.raises(NoSuchDevice, match="start it without torchrun"):
        place("mps", 0, {"WORLD_SIZE": "2", "RANK": "0"})


@pytest.mark.slow
def test_stopped_by_its_first_process_both_end_and_go_on_to_the_same_bits(make_run, metrics_of):
    longer = SHORT | {"iterations": "60", "average": "0.9"}
    whole, cut = (make_run(name, changes=longer) for name in ("cnn-quick-001", "cnn-quick-002"))
    assert train_together(whole)[0] == [0, 0]
    command = [sys.executable, "-c", CODE, str(cut.path)]
    started = [subprocess.Popen(command, cwd=ROOT, env=env) for env in environments(2)]
    try:
        while not cut.metrics.exists() or cut.metrics.read_bytes().count(b'"train"') < 10:
            assert started[0].poll() is None
            time.sleep(0.02)
        started[0].terminate()
        assert [process.wait(120) for process in started] == [0, 0]
    finally:
        for process in started:
            process.kill()
    assert (cut.status().state, cut.status().step < 60) == ("stopped", True)
    assert train_together(cut)[0] == [0, 0]
    assert cut.metrics.read_bytes() == whole.metrics.read_bytes()
    assert largest_difference(whole, cut) == 0
    assert len(losses(metrics_of(cut))) == 60
