"""What a finished character model says is measured once, and never at the run's expense."""

import json
import math
import os
from dataclasses import replace

import pytest

from models.coherence_facts import KEPT, MEASURES, Speech, is_kept, keep_coherence, read_coherence, speech_of
from models.metric import NATS
from models.run_directory import RunDirectory
from models.run_status import RunStatus
from models.tasks.character_model import CharacterModel
from tests.models.test_rnn_runs import asked, described, lines_of

pytestmark = pytest.mark.usefixtures("small_text")

CHAR_LM = """
import torch

def batches(ids, batch_size, length):
    count = (len(ids) - 1) // (batch_size * length)
    used = batch_size * count * length
    x, y = (part.reshape(batch_size, count, length) for part in (ids[:used], ids[1 : used + 1]))
    return [(x[:, k], y[:, k]) for k in range(count)]

def nll(logits, targets):
    return -logits.log_softmax(-1).gather(-1, targets[..., None]).mean()

def sample(logits, temperature, generator):
    """
RIGHT = "return torch.multinomial((logits / temperature).softmax(-1), 1, generator=generator).squeeze(-1)"
FACTS = {
    "run": "r", "step": 16, "temperature": 0.8, "characters": 5000, "coherent": False, "ngram_nats": 1.5, "text": "O!",
    "measures": [
        {"name": name, "sentence": "s", "holds": True, "found": 1, "ngram": 1, "low": 0, "high": 1} for name in MEASURES
    ],
}  # fmt: skip


def laid_out(tmp_path, body: str = RIGHT, name: str = "rnn-full-001") -> RunDirectory:
    """A run whose `sample` is a learner's."""
    config = described()
    parts = tuple(
        replace(part, source="learner", file="rnn/char_lm.py") if part.exercise_id == "rnn/char_lm" else part
        for part in config.parts
    )
    run = RunDirectory.create(tmp_path / "runs", replace(config, id=name, parts=parts))
    (run.modules / "rnn").mkdir()
    (run.modules / "rnn" / "char_lm.py").write_text(CHAR_LM + body + "\n")
    return run


def test_a_finished_run_keeps_what_its_text_measures_and_the_lab_tells_the_same(tmp_path, train_here):
    run = laid_out(tmp_path)
    assert train_here(run) == 0
    kept = read_coherence(run, 16)
    assert kept is not None
    assert {each["name"] for each in kept["measures"]} == set(MEASURES)
    assert len(kept["text"]) == kept["characters"] == 5000
    assert kept == asked(run, "coherence")
    assert not any("coherence" in json.dumps(line) for line in lines_of(run))


def test_a_run_without_it_has_it_kept_by_the_first_that_asks_for_just_that(tmp_path, train_here):
    run = laid_out(tmp_path)
    train_here(run)
    run.coherence.unlink()
    assert speech_of(run, run.config(), run.status()) == Speech()
    asked(run, "coherence", temperature=0.5)
    assert not run.coherence.exists()
    assert asked(run, "coherence") == read_coherence(run, 16)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "raise ZeroDivisionError('one too few')",
            "ZeroDivisionError: one too few\nrnn/char_lm.py, line 14, in sample",
        ),
        ("raise SystemExit", "SystemExit"),
        (
            "\n    while True:\n        try:\n            while True: pass\n        except Exception: pass",
            "within 0.2 s",
        ),
    ],
)
def test_a_sample_that_fails_or_hangs_costs_the_card_its_row_and_nothing_else(
    body,
    words,
    tmp_path,
    train_here,
    monkeypatch,
):
    monkeypatch.setattr("models.text_measuring.PATIENCE_S", 0.2)
    run = laid_out(tmp_path, body)
    assert train_here(run) == 0
    assert (run.status().state, run.status().message) == ("finished", "")
    kept = read_coherence(run, 16)
    assert kept is not None
    assert words in kept["problem"]
    assert "could not be measured" in run.log.read_text()


def test_numbers_are_the_same_whatever_sample_does(tmp_path, train_here):
    right, wrong = laid_out(tmp_path), laid_out(tmp_path, "raise ValueError", "rnn-full-002")
    assert train_here(right) == train_here(wrong) == 0
    assert right.metrics.read_bytes() == wrong.metrics.read_bytes()


def test_a_result_that_is_too_good_or_no_number_is_told_and_passes_nothing(tmp_path, train_here, monkeypatch):
    for name, reached, words in (
        ("rnn-full-001", 0.31, "too good to be true"),
        ("rnn-full-002", math.nan, "gives nan"),
    ):
        run = laid_out(tmp_path, name=name)
        monkeypatch.setattr(CharacterModel, "evaluate", lambda *_, reached=reached: {"loss": reached})
        assert train_here(run) == 0
        assert words in run.status().message
        assert run.status().final["reached_bar"] is False
    assert not NATS.passes(0.89, 1.68)
    assert NATS.passes(0.91, 1.68)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", "{}", json.dumps({**FACTS, "measures": [{}]}), json.dumps({**FACTS, "step": 15}),
     json.dumps({**FACTS, "measures": FACTS["measures"][1:]}), json.dumps({**FACTS, "text": None})],
)  # fmt: skip
def test_a_damaged_or_older_file_counts_as_not_measured(content, tmp_path):
    run = laid_out(tmp_path)
    run.coherence.write_text(content)
    assert read_coherence(run, 16) is None
    keep_coherence(run, FACTS)
    assert read_coherence(run, 16) == FACTS


def test_it_is_being_measured_as_long_as_the_trainer_of_a_finished_run_lives(tmp_path):
    run, done = laid_out(tmp_path), RunStatus("finished", 16, 16, pid=os.getpid())
    config = run.config()
    with run.lock():
        assert speech_of(run, config, done) == Speech(None, is_measured=False)
        assert speech_of(run, config, replace(done, state="running")) == Speech()
        keep_coherence(run, FACTS)
        assert speech_of(run, config, done) == Speech(FACTS)
    run.coherence.unlink()
    assert speech_of(run, config, done) == Speech(), "a trainer that died there leaves nothing"


def test_only_one_question_is_kept():
    assert is_kept(KEPT)
    assert not any(is_kept({**KEPT, **other}) for other in ({"temperature": 1.0}, {"seed": 1}, {"prompt": "KING"}))
