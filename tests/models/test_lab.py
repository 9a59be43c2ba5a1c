import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from models import trainer
from models.lab import Lab
from models.stop_signals import StopSignals
from tests.models.conftest import learner_file, saved_state

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def train(monkeypatch):
    monkeypatch.setattr(StopSignals, "install", lambda _: None)
    monkeypatch.setattr(trainer, "_stand_back", lambda: None)
    threads, before = torch.get_num_threads(), list(sys.meta_path)

    def run_it(run):
        assert trainer.main([str(run.path)]) == 0
        return run

    yield run_it
    torch.set_num_threads(threads)
    sys.meta_path[:] = before


def ask(lab, **question):
    answer = lab.answer(json.dumps(question))
    json.dumps(answer, allow_nan=False)
    return answer


def test_features_are_those_of_the_trained_net_at_full_resolution(make_run, train, tmp_path):
    run = train(make_run())
    answer = ask(Lab(), ask="features", run=str(run.path), image=3, channels=2)
    assert [(stage["name"], stage["shape"]) for stage in answer["stages"]] == [
        ("stem", [16, 32, 32]),
        ("stage 1", [16, 32, 32]),
        ("stage 2", [32, 16, 16]),
        ("stage 3", [64, 8, 8]),
    ]
    for stage in answer["stages"]:
        values = torch.tensor(stage["values"])
        assert values.shape == (2, *stage["shape"][1:])
        assert stage["lowest"] <= values.min()
        assert values.max() <= stage["highest"]
    assert answer["input"]["shape"] == [1, 32, 32]
    assert min(min(row) for row in answer["input"]["values"][0]) >= 0
    assert answer["label_name"] == str(answer["label"])
    assert 0.1 <= answer["probability"] <= 1
    # The same net, put together here from the checkpoint by torch's own means.
    from models.data_store import DataStore
    from models.placement import place
    from models.tasks.from_config import prepare

    task: Any = prepare(run.config(), run.modules, DataStore(tmp_path), place("cpu", 1)).task
    task.model.load_state_dict(saved_state(run)["model"])
    with torch.no_grad():
        scores = task.model.eval()(task.prepare(task.dataset.held_out_images[3:4]))
    assert int(scores.argmax()) == answer["predicted"]
    assert float(scores.softmax(1).max()) == pytest.approx(answer["probability"], abs=1e-3)


def test_pictures_of_a_net_agree_with_its_evaluation_and_its_weights(make_run, train):
    run, lab = train(make_run()), Lab()
    confusion = torch.tensor(ask(lab, ask="confusion", run=str(run.path))["counts"])
    right = run.status().held_out
    assert int(confusion.sum()) == 355
    assert float(confusion.trace() / 355) == pytest.approx(right)
    errors = ask(lab, ask="errors", run=str(run.path), first=1, most=3)
    assert errors["wrong"] == 355 - int(confusion.trace())
    assert [image["label_name"] != image["predicted_name"] for image in errors["images"]] == [True] * 3
    sure = [image["probability"] for image in errors["images"]]
    assert sure == sorted(sure, reverse=True)
    assert ask(lab, ask="errors", run=str(run.path), most=1)["images"][0]["probability"] >= sure[0]
    filters = ask(lab, ask="filters", run=str(run.path))
    weight = saved_state(run)["model"][f"{filters['layer']}.weight"]
    assert filters["shape"] == list(weight.shape) == [16, 1, 3, 3]
    assert torch.allclose(torch.tensor(filters["values"]), weight, atol=1e-4)
    assert filters["largest"] == pytest.approx(float(weight.abs().max()), abs=1e-4)


def test_abstraction_is_measured_at_the_image_and_behind_every_block(make_run, train):
    run = train(make_run(changes={"iterations": "40", "batch_size": "64"}))
    answer = ask(Lab(), ask="abstraction", run=str(run.path))
    names = [depth["name"] for depth in answer["depths"]]
    assert names == ["image", "stage 1 block 1", "stage 2 block 1", "stage 3 block 1"]
    probes = [depth["probe_accuracy"] for depth in answer["depths"]]
    assert probes[0] < 0.35, "the mean shade of a digit says little"
    assert probes[-1] > probes[0] + 0.3
    assert answer["depths"][-1]["separation"] > answer["depths"][0]["separation"]
    assert ask(Lab(), ask="abstraction", run=str(run.path)) == answer


def test_evaluation_recomputes_the_accuracy_that_the_run_recorded(make_run, train):
    run = train(make_run())
    answer = ask(Lab(), ask="evaluate", run=str(run.path))
    assert answer["found"] == answer["recorded"] == run.status().held_out
    assert answer["step"] == answer["recorded_step"] == 12
    assert answer["agrees"] is True
    assert answer["allowed"] == 2.5 / 355
    assert set(answer["twin"]) == {"cnn/conv2d", "cnn/batchnorm2d"}


def test_a_recorded_accuracy_that_the_weights_do_not_give_does_not_agree(make_run, train):
    run = train(make_run())
    lines = [json.loads(line) for line in run.metrics.read_text().splitlines()]
    lines[-1]["accuracy"] = 0.99
    run.metrics.write_text("".join(json.dumps(line) + "\n" for line in lines))
    answer = ask(Lab(), ask="evaluate", run=str(run.path))
    assert answer["recorded"] == 0.99
    assert answer["agrees"] is False


def test_looking_changes_nothing_in_the_run(make_run, train):
    run = train(make_run())
    before = {path: path.read_bytes() for path in run.path.rglob("*") if path.is_file()}
    lab = Lab()
    ask(lab, ask="features", run=str(run.path))
    ask(lab, ask="evaluate", run=str(run.path))
    assert {path: path.read_bytes() for path in run.path.rglob("*") if path.is_file()} == before


def test_two_runs_are_told_apart_and_a_newer_checkpoint_is_seen(make_run, train):
    lab = Lab()
    first, second = train(make_run("cnn-quick-001")), train(make_run("cnn-quick-002", seed=8))
    answers = [ask(lab, ask="features", run=str(run.path), channels=1) for run in (first, second, first)]
    assert answers[0] == answers[2]
    assert answers[0]["stages"] != answers[1]["stages"]
    first.checkpoint.unlink()
    first.previous_checkpoint.unlink(missing_ok=True)
    second.checkpoint.rename(first.checkpoint)
    assert ask(lab, ask="features", run=str(first.path), channels=1)["stages"] == answers[1]["stages"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("no json", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"ask": "sing"}', 'does not know "sing"'),
        ('{"ask": "features"}', "There is no run at null"),
        ('{"ask": "features", "run": "/nowhere"}', 'There is no run at "/nowhere"'),
        ('{"ask": ["features"]}', "does not know"),
    ],
)
def test_a_bad_question_is_answered_with_a_sentence_and_the_next_step(line, words):
    answer = Lab().answer(line)
    assert words in answer["error"]
    assert answer["next"]


def test_an_image_or_a_number_of_channels_that_is_not_there_names_the_range(make_run, train):
    run = train(make_run())
    lab = Lab()
    assert ask(lab, ask="features", run=str(run.path), image=355)["next"] == "use a whole number from 0 to 354"
    assert "channels cannot be 0" in ask(lab, ask="features", run=str(run.path), channels=0)["error"]
    assert "image cannot be true" in ask(lab, ask="features", run=str(run.path), image=True)["error"]


def test_a_run_without_a_checkpoint_or_with_a_damaged_one_is_a_sentence(make_run, train):
    run = make_run()
    assert "has saved no checkpoint yet" in ask(Lab(), ask="features", run=str(run.path))["error"]
    run.checkpoint.write_bytes(b"damaged")
    assert "checkpoint.pt is damaged" in ask(Lab(), ask="evaluate", run=str(run.path))["error"]
    train_me = make_run("cnn-quick-002")
    path = train(train_me).modules / "cnn" / "blocks.py"
    path.write_text(path.read_text() + "\n# edited\n")
    assert "cnn/blocks.py changed" in ask(Lab(), ask="evaluate", run=str(train_me.path))["error"]


def test_the_learners_exception_is_told_with_their_line(make_run, train):
    text = learner_file("cnn/resnet") + (
        "\n    def eval(self):\n        import traceback\n"
        "        if any('feature_maps' in frame.name for frame in traceback.extract_stack()):\n"
        "            raise KeyError('mine')\n        return super().eval()\n"
    )
    run = train(make_run(files={"cnn/resnet.py": text}))
    answer = ask(Lab(), ask="features", run=str(run.path))
    assert "KeyError" in answer["error"]
    assert "cnn/resnet.py, line" in answer["error"]


def test_the_child_answers_a_line_for_a_line_whatever_the_learner_prints(make_run, train):
    text = 'print("HELLO FROM THE LEARNER")\n' + learner_file("cnn/resnet")
    run = train(make_run(files={"cnn/resnet.py": text}))
    questions = ['{"ask": "sing"}', json.dumps({"ask": "evaluate", "run": str(run.path)}), "", "junk"]
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from models.lab import main; sys.exit(main([]))"],
        input="\n".join(questions) + "\n", capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert ["error" in answer for answer in answers] == [True, False, True]
    assert answers[1]["agrees"] is True
    assert "HELLO FROM THE LEARNER" in done.stderr


def test_whoever_goes_away_without_reading_leaves_no_traceback():
    code = "import sys; from models.lab import main; sys.exit(main([]))"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    child.stdin.write(b'{"ask": "sing"}\n{"ask": "sing"}\n')
    child.stdin.close()
    assert child.wait(timeout=60) == 0
    assert child.stderr.read() == b""
    child.stderr.close()
