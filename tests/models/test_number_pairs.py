"""Which numbers are learned from and which are held out."""

from collections import Counter

import pytest

from models import number_pairs as module
from models.data_store import DataDamaged, DataStore
from models.number_pairs import number_pairs, number_words_entry, pairs_checksum, split_numbers


def test_20000_numbers_are_trained_on_and_1000_others_are_held_out():
    train, held_out = split_numbers()
    assert (len(set(train)), len(set(held_out)), set(train) & set(held_out)) == (20_000, 1000, set())
    assert min(train + held_out) == 0
    assert max(train + held_out) < 1_000_000


def test_all_below_a_hundred_are_trained_on_and_longer_ones_are_on_both_sides():
    train, held_out = split_numbers()
    assert set(range(100)) <= set(train)
    digits = {part: Counter(len(str(number)) for number in part) for part in (train, held_out)}
    assert set(digits[held_out]) == {3, 4, 5, 6}
    assert min(digits[held_out].values()) >= 30
    assert min(digits[train][length] for length in (3, 4, 5, 6)) > 800


def test_the_split_is_the_same_in_every_process():
    train, held_out = split_numbers()
    assert (train[100:103], held_out[:3]) == ((367608, 4437, 908755), (803650, 107891, 40608))


def test_a_pair_is_one_number_in_two_languages():
    train, held_out = number_pairs("de")
    assert train[92] == ("ninety-two", "zweiundneunzig")
    assert (len(train), len(held_out)) == (20_000, 1000)


def test_the_checksum_changes_with_a_letter_and_with_the_part_that_a_pair_is_in():
    pairs = [("one", "eins"), ("two", "zwei")]
    sums = [
        pairs_checksum((pairs, [])),
        pairs_checksum((pairs[:1], pairs[1:])),
        pairs_checksum(([("one", "ein"), pairs[1]], [])),
    ]
    assert len(set(sums)) == 3
    assert sums[0] == pairs_checksum((pairs, []))


def test_words_that_changed_since_the_bars_were_measured_are_found(monkeypatch):
    list(DataStore().verify("number-words"))
    monkeypatch.setitem(module.MEASURED, "fr", "sha256:0")
    with pytest.raises(DataDamaged, match="writes numbers in French or English otherwise"):
        list(DataStore().verify("number-words"))


def test_the_entry_tells_the_numbers_and_without_the_package_tells_how_to_get_it(monkeypatch):
    entry = number_words_entry()
    assert (entry.present, entry.examples) == (True, {"train": 20_000, "held_out": 1000})
    assert entry.checksum.startswith("sha256:")
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda _: None)
    entry = number_words_entry()
    assert (entry.present, entry.next_step) == (False, "install it with `pip install num2words`")
