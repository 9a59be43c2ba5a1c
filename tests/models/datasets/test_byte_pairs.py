"""Byte pairs: learned from sentences, kept, and plain text again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.data_store import DataMissing
from models.datasets import byte_pairs
from models.datasets.byte_pairs import kept_byte_pairs
from models.datasets.vocabulary import BOS, EOS, PAD, UNK

ROOT = Path(__file__).resolve().parents[3]
SENTENCES = [
    "Ein Mann läuft, ein anderer Mann sitzt.",
    "A man runs, another man sits.",
    "Two men's dogs run (fast) in the well-known park.",
] * 3
SIZE = 90


@pytest.fixture
def place(tmp_path):
    return tmp_path / "derived" / "mine.json"


def test_special_tokens_come_first_and_there_are_as_many_tokens_as_asked_for(place):
    vocabulary = kept_byte_pairs(place, SENTENCES, SIZE)
    assert vocabulary.tokens[:4] == ("<pad>", "<bos>", "<eos>", "<unk>")
    assert (PAD, BOS, EOS, UNK) == (0, 1, 2, 3)
    assert len(vocabulary.tokens) == SIZE


@pytest.mark.parametrize("sentence", SENTENCES[:3])
def test_a_sentence_comes_back_as_it_was_capitals_and_punctuation_and_all(place, sentence):
    vocabulary = kept_byte_pairs(place, SENTENCES, SIZE)
    ids = vocabulary.encode(sentence)
    assert vocabulary.decode([BOS, *ids, EOS, *ids, PAD]) == sentence
    assert not {PAD, BOS, EOS, UNK} & set(ids)


def test_what_is_kept_together_is_a_frequent_stretch_of_a_word(place):
    vocabulary = kept_byte_pairs(place, SENTENCES, SIZE)
    assert vocabulary.pieces(vocabulary.encode("Mann, A man")) == ["Mann", ",", "A", "man"]
    pieces = vocabulary.pieces([BOS, *vocabulary.encode("manna"), EOS])
    assert pieces == ["<bos>", "man", "+n", "+a", "<eos>"]


def test_blanks_of_any_kind_are_one_blank(place):
    vocabulary = kept_byte_pairs(place, SENTENCES, SIZE)
    assert vocabulary.encode("  a\u00a0man \t runs ") == vocabulary.encode("a man runs")


def test_a_character_of_no_sentence_is_unknown_and_special_names_are_text(place):
    vocabulary = kept_byte_pairs(place, SENTENCES, SIZE)
    assert UNK in vocabulary.encode("a Ж")
    assert vocabulary.decode(vocabulary.encode("a Ж")) == "a <unk>"
    assert EOS not in vocabulary.encode("a man <eos> runs")


def test_it_is_learned_once_and_kept(place, monkeypatch):
    first = kept_byte_pairs(place, SENTENCES, SIZE)
    monkeypatch.setattr(byte_pairs, "_learned", None)
    again = kept_byte_pairs(place, SENTENCES, SIZE)
    assert (again, again.checksum()) == (first, first.checksum())


@pytest.mark.parametrize("change", [("checksum", "sha256:0"), ("tokenizer", "{}"), ("tokenizer", None), ("key", "")])
def test_a_file_that_is_damaged_is_learned_anew(place, change):
    first = kept_byte_pairs(place, SENTENCES, SIZE)
    whole = place.read_bytes()
    place.write_text(json.dumps(json.loads(whole) | dict([change])))
    assert kept_byte_pairs(place, SENTENCES, SIZE) == first
    assert place.read_bytes() == whole
    place.write_bytes(whole[:100])
    assert kept_byte_pairs(place, SENTENCES, SIZE) == first


def test_other_sentences_and_another_size_are_learned_anew(place):
    first = kept_byte_pairs(place, SENTENCES, SIZE)
    others = kept_byte_pairs(place, [*SENTENCES, "Zwei Hunde"], SIZE)
    assert "Z" in others.tokens
    assert "Z" not in first.tokens
    assert len(kept_byte_pairs(place, SENTENCES, SIZE - 5).tokens) == SIZE - 5


def test_where_no_file_can_be_kept_it_is_learned_each_time_and_is_the_same(tmp_path, place):
    (tmp_path / "a file").write_text("")
    unkept = kept_byte_pairs(tmp_path / "a file" / "mine.json", SENTENCES, SIZE)
    assert unkept == kept_byte_pairs(place, SENTENCES, SIZE)


def test_every_process_learns_the_same(place):
    code = (
        "import sys; from pathlib import Path; from models.datasets.byte_pairs import kept_byte_pairs; "
        "import json; s, size, place = json.load(sys.stdin); print(kept_byte_pairs(Path(place), s, size).checksum())"
    )
    sums = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True,
            input=json.dumps([SENTENCES, SIZE, str(place.with_name(f"{seed}.json"))]),
            env=os.environ | {"PYTHONHASHSEED": seed},
        )  # fmt: skip
        sums.add(done.stdout)
    assert sums == {f"{kept_byte_pairs(place, SENTENCES, SIZE).checksum()}\n"}


def test_without_the_package_the_next_step_installs_it(place, monkeypatch):
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(DataMissing, match="pip install tokenizers"):
        kept_byte_pairs(place, SENTENCES, SIZE)
