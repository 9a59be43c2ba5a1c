"""A net speaks at the command line, and its text is held against real text."""

import json

import pytest

from models.coherence_facts import keep_coherence

SAID = {
    "run": "rnn-quick-001",
    "step": 9,
    "prompt": "\n",
    "temperature": 0.8,
    "text": "KING:\nNo.",
    "probabilities": [0.5] * 9,
}
MEASURE = {"name": "words", "sentence": "share", "holds": True, "found": 0.93, "ngram": 0.7, "low": 0.9, "high": 0.97}
COHERENT = {"characters": 5000, "temperature": 0.8, "coherent": True, "text": "KING:\nNo.", "measures": [MEASURE]}


@pytest.fixture
def asked(monkeypatch):
    """The lab's questions, each answered as it is asked."""
    questions = []

    async def answer(_child, question):
        questions.append(question)
        return COHERENT if question["ask"] == "coherence" else SAID

    monkeypatch.setattr("tutor.children.AnsweringChild.ask", answer)
    return questions


@pytest.fixture(autouse=True)
def _run(make_run):
    make_run("rnn-quick-001", project="rnn", held_out=1.7)


def test_the_text_is_printed_as_it_is_with_its_run(run_verb, asked):
    ran = run_verb("sample", "last", "--prompt", "KI", "--temperature", "0.5", "--length", "9", "--seed", "4")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("KING:\nNo.\n")
    assert "rnn-quick-001, step 9" in ran.out
    told = {key: asked[0][key] for key in ("ask", "prompt", "temperature", "length", "seed")}
    assert told == {"ask": "sample", "prompt": "KI", "temperature": 0.5, "length": 9, "seed": 4}


@pytest.mark.usefixtures("asked")
def test_chances_stand_below_the_characters_in_plain_ascii(run_verb):
    out = run_verb("sample", "last", "--chances", "--ascii").out
    assert out.splitlines()[:2] == ["KING:/", "555555"]
    assert out.isascii()


@pytest.mark.usefixtures("asked")
def test_json_is_one_object_with_each_character_s_probability(run_verb):
    answer = json.loads(run_verb("sample", "last", "--json").out)
    assert answer["schema"] == 1
    assert len(answer["probabilities"]) == len(answer["text"])


def test_coherence_is_asked_for_and_drawn(run_verb, asked):
    ran = run_verb("sample", "last", "--coherence")
    assert asked[0]["ask"] == "coherence"
    assert "Coherent by all five." in ran.out


def test_what_is_kept_with_the_run_is_shown_without_asking_a_net_and_only_where_nothing_else_is_asked(
    make_run, run_verb, asked
):
    run = make_run("rnn-quick-002", project="rnn", held_out=1.7)
    names = ("words", "speakers", "names", "line", "copied")
    measures = [{**MEASURE, "name": name} for name in names]
    facts = {**COHERENT, "run": run.id, "step": 180, "ngram_nats": 1.769, "measures": measures, "text": "FOOL:\nO!"}
    keep_coherence(run, facts)
    for ran in (run_verb("sample", run.id, "--coherence"), run_verb("show", "coherence", run.id)):
        assert "FOOL:" in ran.out
    card = run_verb("runs", "show", run.id).out
    assert "says     ✓ words 93.0%" in card
    assert "4-gram   held out 1.769 nats" in card
    assert card.rstrip().endswith("FOOL:\nO!")
    assert asked == []
    assert "KING:" in run_verb("sample", run.id, "--coherence", "--seed", "1").out
    assert len(asked) == 1


def test_a_picture_of_another_project_is_refused_with_those_that_there_are(run_verb, asked):
    ran = run_verb("show", "features", "last")
    assert ran.code == 2
    assert "no picture features of rnn-quick-001, a run of project rnn" in ran.err
    assert "gates, cells, saliency, through_time" in ran.err
    assert asked == []
