"""A net translates at the command line: one sentence, lines from a pipe, and what it gets wrong."""

import io
import json

import pytest

from tests.tutor.attention_answers import known_answer
from tutor.refusals import Refusal

WORDS = {"ten": "zehn", "twelve": "zwölf"}


@pytest.fixture
def asked(monkeypatch):
    """The lab's questions, each answered as it is asked."""
    questions = []

    async def answer(_child, question):
        questions.append(question)
        if question["ask"] == "wrong":
            shown = [{"source": "ten", "truth": "zehn", "translation": "zeh"}]
            return {"run": "r", "step": 1, "examples": 1000, "wrong": 1, "shown": shown}
        if question["ask"] == "attention":
            return known_answer()
        said = [WORDS[text] for text in question["texts"]]
        return {"run": "r", "step": 1, "translations": said, "truths": [None] * len(said)}

    monkeypatch.setattr("tutor.children.AnsweringChild.ask", answer)
    return questions


@pytest.fixture(autouse=True)
def _run(make_run):
    make_run("transformer-quick-001", project="transformer", held_out=0.99)


def test_one_sentence_is_one_line(run_verb, asked):
    ran = run_verb("translate", "last", "twelve", "--beam", "3")
    assert (ran.code, ran.out, ran.err) == (0, "zwölf\n", "")
    assert {key: asked[0][key] for key in ("ask", "texts", "width")} == {
        "ask": "translate", "texts": ["twelve"], "width": 3,
    }  # fmt: skip


def test_lines_of_a_pipe_come_out_in_their_order_and_an_empty_one_stays(run_verb, asked, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("ten\n\ntwelve\n"))
    assert run_verb("translate", "last").out == "zehn\n\nzwölf\n"
    assert [question["texts"] for question in asked] == [["ten", "twelve"]]


def test_a_long_pipe_is_one_json_object_with_a_place_for_every_line(run_verb, asked, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("ten\n\n" + "twelve\n" * 250))
    answer = json.loads(run_verb("translate", "last", "--json").out)
    assert answer["translations"] == ["zehn", None, *["zwölf"] * 250]
    assert len(asked) == 2


@pytest.mark.usefixtures("asked")
def test_plain_ascii_has_letters_without_their_dots(run_verb):
    assert run_verb("translate", "last", "twelve", "--ascii").out == "zwolf\n"


@pytest.mark.usefixtures("asked")
def test_json_is_one_object(run_verb):
    answer = json.loads(run_verb("translate", "last", "ten", "--json").out)
    assert (answer["schema"], answer["translations"]) == (1, ["zehn"])


@pytest.mark.usefixtures("asked")
def test_attention_and_wrong_ones_are_shown_on_request(run_verb):
    out = run_verb("translate", "last", "ten", "--attention", "--ascii").out
    assert "cross attention: the translation looks at the source" in out
    assert out.isascii()
    out = run_verb("translate", "last", "--wrong", "5").out
    assert "1 of 1,000 held-out translations are not the reference." in out
    assert "said    zeh" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ten", "--wrong", "3"), "--wrong lists"),
        (("--wrong", "3", "--beam", "4"), "--wrong lists"),
        (("ten", "--attention", "--beam", "4"), "greedy decoding"),
        (("ten", "--attention", "--json"), "plain lines or in JSON"),
        (("--attention",), "plain lines or in JSON"),
    ],
)
def test_words_that_would_be_passed_over_together_are_refused_before_anything_is_asked(
    run_verb, asked, monkeypatch, words, told
):
    monkeypatch.setattr("sys.stdin", io.StringIO("ten\n"))
    ran = run_verb("translate", "last", *words)
    assert (ran.code, ran.out, asked) == (2, "", [])
    assert told in ran.err


def test_a_run_that_is_not_there_is_named(run_verb):
    ran = run_verb("translate", "nothing", "ten")
    assert ran.code == 2
    assert "nothing" in ran.err


def test_a_line_of_a_pipe_that_cannot_be_translated_is_named_by_its_number(run_verb, monkeypatch):
    async def answer(_child, question):
        if "elf" in question["texts"]:
            raise Refusal("The word 'elf' does not occur.", "the text", "use these: ten twelve")
        return {"translations": [WORDS[text] for text in question["texts"]], "truths": []}

    monkeypatch.setattr("tutor.children.AnsweringChild.ask", answer)
    monkeypatch.setattr("sys.stdin", io.StringIO("ten\n\nelf\ntwelve\n"))
    ran = run_verb("translate", "last")
    assert ran.code == 2
    assert "The word 'elf'" in ran.err
    assert "line 3 of the input" in ran.err


def test_at_the_prompt_a_word_that_is_not_known_is_told_and_the_next_line_waited_for(run_verb, monkeypatch):
    async def answer(_child, question):
        if "elf" in question["texts"]:
            raise Refusal("The word 'elf' does not occur.", "the text", "use these: ten twelve")
        return {"translations": [WORDS[text] for text in question["texts"]], "truths": []}

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("tutor.children.AnsweringChild.ask", answer)
    monkeypatch.setattr("sys.stdin", Terminal("elf\ntwelve\n\n"))
    ran = run_verb("translate", "last")
    assert (ran.code, ran.out) == (0, "zw\u00f6lf\n")
    assert "The word 'elf'" in ran.err
