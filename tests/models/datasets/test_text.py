"""A text as numbers and back."""

import pytest
import torch

from models.data_store import DataEntry, DataError
from models.datasets.text import text_dataset

DATA = text_dataset(DataEntry("mine", True, source="a test", checksum="sha256:0"), "banana\n", "bandana")


def test_a_character_s_id_is_its_place_among_the_sorted_symbols():
    assert DATA.symbols == "\nabdn"
    assert DATA.train_ids.tolist() == [2, 1, 4, 1, 4, 1, 0]
    assert DATA.train_ids.dtype == DATA.held_out_ids.dtype == DATA.validation_ids.dtype == torch.int64


def test_what_is_encoded_is_decoded_again():
    assert DATA.decode(DATA.encode("and a"[:3])) == "and"
    assert DATA.decode(DATA.held_out_ids) == "bandana"
    assert DATA.encode("").shape == (0,)
    assert DATA.encode("").dtype == torch.int64


def test_a_character_that_was_never_seen_is_named():
    with pytest.raises(DataError, match="The character 'Z' does not occur in mine"):
        DATA.encode("banZna")


def test_the_facts_tell_what_a_run_keeps():
    assert DATA.facts() == {
        "name": "mine",
        "source": "a test",
        "checksum": "sha256:0",
        "comparable": False,
        "examples": {"train": 7, "held_out": 7},
        "symbols": "\nabdn",
    }
