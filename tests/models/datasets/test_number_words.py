"""Number words as a data set for translation."""

import pytest

from models.data_store import DataStore
from models.datasets.number_words import load_number_words
from models.datasets.vocabulary import BOS, EOS
from models.number_pairs import MEASURED


@pytest.fixture(scope="module", params=["de", "fr"])
def numbers(request):
    return load_number_words(request.param)


def test_it_has_20000_pairs_to_train_on_and_1000_held_out(numbers):
    facts = numbers.facts()
    assert facts["examples"] == {"train": 20_000, "held_out": 1000}
    assert facts["direction"] in ("en-de", "en-fr")
    assert (numbers.comparable, len(numbers.validation)) == (False, 0)
    assert DataStore().require(numbers.name).present


def test_the_checksum_is_that_of_the_pairs_and_no_other_language_s(numbers):
    assert numbers.checksum == MEASURED[numbers.direction[-2:]]
    assert len(set(MEASURED.values())) == 2


def test_every_held_out_pair_can_be_read_and_written(numbers):
    source, target = numbers.held_out.ids()
    assert [numbers.target.decode(row) for row in target.tolist()] == numbers.held_out.targets
    spaced = [text.replace("-", " ").replace(",", "") for text in numbers.held_out.sources]
    assert [numbers.source.decode(row) for row in source.tolist()] == spaced
    assert (source == BOS).sum() == 0
    assert (target == EOS).sum() == len(numbers.held_out)


def test_no_number_of_the_held_out_ones_was_trained_on(numbers):
    assert not set(numbers.train.targets) & set(numbers.held_out.targets)
    assert not set(numbers.train.sources) & set(numbers.held_out.sources)


def test_the_vocabularies_have_the_words_and_characters_of_all_numbers(numbers):
    assert len(numbers.source.tokens) == 4 + 31  # zero to nineteen, twenty to ninety, hundred, thousand, and
    assert set(numbers.target.tokens[4:]) == set("".join(numbers.train.targets))
    assert numbers.source.encode("Nine hundred ninety-nine thousand one") == numbers.source.encode(
        "nine hundred ninety nine thousand one"
    )
