"""Multi30k: descriptions of photographs in English, German and French, with one joint vocabulary of byte pairs."""

import hashlib
from collections.abc import Mapping

from models.data_store import DataStore
from models.datasets.byte_pairs import BytePairVocabulary, kept_byte_pairs
from models.datasets.translation import Pairs, TranslationDataset
from models.multi30k_file import checksum_of, is_comparable, languages_of, read_multi30k, source_text

TOKENS = 8192  # special ones, single characters, and about 8,100 merges


def load_multi30k(store: DataStore, direction: str = "de-en") -> TranslationDataset:
    """29,000 pairs to train on, 1,014 to look at meanwhile, the 1,000 of test_2016_flickr held out.

    The vocabulary is learned from the pairs to train on alone. Elliott et al. 2016 (1605.00459).
    """
    source, target = languages_of(direction)
    sides = read_multi30k(store, (source, target))
    first, second = sorted((source, target))  # both directions of two languages share one vocabulary
    sentences = [*sides["train"][first], *sides["train"][second]]
    vocabulary = kept_byte_pairs(store.derived / f"multi30k-{first}-{second}.json", sentences, TOKENS)
    comparable = is_comparable(sides)
    digest = hashlib.sha256(f"{checksum_of(sides)} {vocabulary.checksum()}".encode()).hexdigest()
    train, validation, held_out = (
        _pairs(sides[part], source, target, vocabulary) for part in ("train", "validation", "held_out")
    )
    return TranslationDataset(
        name="multi30k",
        source_text=source_text((source, target), comparable),
        checksum=f"sha256:{digest}",
        comparable=comparable,
        direction=direction,
        source=vocabulary,
        target=vocabulary,
        train=train,
        validation=validation,
        held_out=held_out,
    )


def _pairs(lines: Mapping[str, list[str]], source: str, target: str, vocabulary: BytePairVocabulary) -> Pairs:
    return Pairs(lines[source], lines[target], vocabulary, vocabulary)
