"""The lab's answers: feature maps for a drawing, an error as a refusal."""

import asyncio
import math

import pytest

from tutor.feature_question import ask_for_features
from tutor.lab_client import LabClient
from tutor.refusals import NOT_VERIFIABLE, Refusal

ANSWER = {
    "input": {"values": [[[0.0, 1.0]], [[1.0, 1.0]]]},
    "stages": [{"name": "stage 1", "shape": [16, 1, 2], "values": [[[0.5, None]]], "lowest": -1.0, "highest": 2.0}],
    "label_name": "3",
    "predicted_name": "8",
    "probability": 0.75,
}


class Child:
    """Answers as it is told; remembers what it was asked and whether it was closed."""

    def __init__(self, answer: dict) -> None:
        self.answer, self.asked, self.closed = answer, [], 0

    async def ask(self, question: dict) -> dict:
        self.asked.append(question)
        return self.answer

    async def close(self) -> None:
        self.closed += 1


@pytest.fixture
def lab(monkeypatch):
    def make(answer: dict) -> tuple[LabClient, Child]:
        child = Child(answer)
        monkeypatch.setattr("tutor.lab_client.AnsweringChild", lambda _name: child)
        return LabClient(), child

    return make


def test_an_error_is_a_refusal_that_names_the_run(lab):
    client, _ = lab({"error": "There is no checkpoint.", "next": "train it"})
    with pytest.raises(Refusal) as refusal:
        asyncio.run(client.ask({"ask": "features", "run": "/runs/cnn-quick-001"}))
    expected = Refusal("There is no checkpoint.", "/runs/cnn-quick-001", "train it", NOT_VERIFIABLE)
    assert refusal.value == expected


def test_feature_maps_become_grids_with_nan_where_the_lab_had_no_number(lab, make_run):
    _, child = lab(ANSWER)
    run = make_run()
    seen = asyncio.run(ask_for_features(run, image=4, channels=1))

    assert child.asked == [{"ask": "features", "run": str(run.path), "image": 4, "channels": 1}]
    assert child.closed == 1
    (stage,) = seen.stages
    assert (stage.name, stage.num_channels, stage.limits) == ("stage 1", 16, (-1.0, 2.0))
    ((first, second),) = stage.maps[0]
    assert first == 0.5
    assert math.isnan(second)
    assert seen.image == [[0.5, 1.0]], "the mean over the colours"
    assert (seen.label, seen.predicted, seen.probability) == ("3", "8", 0.75)


def test_a_lab_that_is_lent_stays_open(lab, make_run):
    client, child = lab(ANSWER)
    asyncio.run(ask_for_features(make_run(), 0, 1, client))
    assert child.closed == 0


def test_a_lab_of_its_own_is_closed_even_when_it_refuses(lab, make_run):
    _, child = lab({"error": "no"})
    with pytest.raises(Refusal):
        asyncio.run(ask_for_features(make_run(), 0, 1))
    assert child.closed == 1
