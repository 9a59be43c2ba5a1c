"""English number words and the same numbers in German or French: translation without a network."""

from models.datasets.translation import Pairs, TranslationDataset
from models.datasets.vocabulary import CharacterVocabulary, WordVocabulary
from models.number_pairs import TextPairs, number_pairs, number_words_entry, pairs_checksum
from models.number_text import LIMIT, number_text


def load_number_words(language: str) -> TranslationDataset:
    """Words in, characters out; `language` is "de" or "fr".

    The vocabularies hold every word and every character that a number below a million is written with.
    """
    entry = number_words_entry()
    parts = number_pairs(language)
    parts_of_numbers = [*range(1000), *range(1000, LIMIT, 1000)]
    source = WordVocabulary.of(number_text(number, "en") for number in parts_of_numbers)
    target = CharacterVocabulary.of(number_text(number, language) for number in parts_of_numbers)
    train, held_out = (_pairs(part, source, target) for part in parts)
    return TranslationDataset(
        name=entry.name,
        source_text=entry.source,
        checksum=pairs_checksum(parts),
        comparable=False,
        direction=f"en-{language}",
        source=source,
        target=target,
        train=train,
        validation=_pairs([], source, target),
        held_out=held_out,
    )


def _pairs(part: TextPairs, source: WordVocabulary, target: CharacterVocabulary) -> Pairs:
    return Pairs([pair[0] for pair in part], [pair[1] for pair in part], source, target)
