"""Pieces of words as tokens: byte-pair encoding, learned once from the sentences to train on and kept."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.atomic_file import replace_file
from models.data_store import DataMissing
from models.datasets.vocabulary import SHOWN_BLANK, SPECIALS, UNK, spoken

_START = "▁"  # begins a token that a blank stands before
_CONTINUES = "+"
_FORM = 1  # of the kept file and of the rules below; another one is learned anew
_LOCK_WAIT_S = 60


@dataclass(frozen=True)
class BytePairVocabulary:
    """A token is a frequent stretch of a word, down to single characters; punctuation is never part of a word's token.

    Sennrich et al. 2016 (1508.07909). Capitals stay: sacreBLEU compares cased text unless it is told otherwise, so a
    model that cannot write a capital could not reach its reference. decode gives plain text, as sacreBLEU wants it.
    """

    tokens: tuple[str, ...]
    tokenizer: Any = field(compare=False, repr=False)

    def encode(self, text: str) -> list[int]:
        """A character that no sentence to train on had is UNK."""
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def decode(self, ids: Iterable[int]) -> str:
        """The text, with blanks where words begin."""
        return "".join(self.tokens[place] for place in spoken(ids)).replace(_START, " ").strip()

    def pieces(self, ids: Iterable[int]) -> list[str]:
        """A token that continues a word is marked by a plus: ["Bü", "+sche", "."]."""
        return [self._piece(place) for place in ids]

    def checksum(self) -> str:
        """Of the tokens and the order in which they are merged."""
        return _digest(self.tokenizer.to_str())

    def _piece(self, place: int) -> str:
        token = self.tokens[place]
        if place <= UNK:
            return token
        if token.startswith(_START):
            return token[1:] or SHOWN_BLANK
        return f"{_CONTINUES}{token}" if token[0].isalnum() else token


def kept_byte_pairs(path: Path, sentences: Sequence[str], size: int) -> BytePairVocabulary:
    """The vocabulary of `size` tokens that is kept at `path` if it was learned from these sentences; else a new one.

    A new one is kept if the folder lets it be. A file that is damaged, or of other sentences, is replaced.
    """
    tokenizers = _package()
    key = _digest(json.dumps([_FORM, size, _digest("\n".join(sentences))]))
    kept = _kept(path, key)
    if kept is None:
        tokenizer = _learned(tokenizers, sentences, size)
        _keep(path, key, tokenizer.to_str())
    else:
        tokenizer = tokenizers.Tokenizer.from_str(kept)
    tokenizer.encode_special_tokens = True  # "<eos>" in a text is five characters, not the end
    places = tokenizer.get_vocab()
    return BytePairVocabulary(tuple(sorted(places, key=places.__getitem__)), tokenizer)


def _learned(tokenizers: Any, sentences: Sequence[str], size: int) -> Any:
    """Same sentences, same tokens: pairs are merged by how often they occur, ties by their ids."""
    normalizers, pre = tokenizers.normalizers, tokenizers.pre_tokenizers
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(unk_token=SPECIALS[UNK]))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(tokenizers.Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre.Sequence([pre.Metaspace(_START, prepend_scheme="always"), pre.Punctuation()])
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=size, special_tokens=list(SPECIALS), show_progress=False)
    tokenizer.train_from_iterator(sentences, trainer)
    return tokenizer


def _kept(path: Path, key: str) -> str | None:
    """The tokenizer that is kept, if it is whole and of this key."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        whole = kept["key"] == key and kept["checksum"] == _digest(kept["tokenizer"])
        return kept["tokenizer"] if whole else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _keep(path: Path, key: str, tokenizer: str) -> None:
    from filelock import FileLock

    content = {"key": key, "checksum": _digest(tokenizer), "tokenizer": tokenizer}
    with suppress(OSError):  # a folder that takes no file: it is learned again next time, and comes out the same
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=_LOCK_WAIT_S):  # processes of one run learn it at the same time
            replace_file(path, json.dumps(content).encode())


def _digest(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _package() -> Any:
    try:
        import tokenizers  # 50 ms, and only translation needs it
    except ImportError as error:
        next_step = "install it with `pip install tokenizers`"
        raise DataMissing("The package tokenizers is not on this machine.", "byte-pair encoding", next_step) from error
    return tokenizers
