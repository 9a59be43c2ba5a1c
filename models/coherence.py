"""How far made-up text is from text: words, lines, speakers, and what is copied. Needs no torch."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.coherence_facts import MEASURES

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")
_BASE = 6364136223846793005
_INVERSE = pow(_BASE, -1, 1 << 64)
_KEPT = 64  # hashes of pieces up to this long are kept in order: text that is not copied asks for no others
_SPEAKER = re.compile(r"[A-Z][A-Za-z' .\-]{1,30}:")


@dataclass(frozen=True)
class Coherence:
    """The five measures of one text."""

    words: float
    speakers: float
    names: float
    line: float
    copied: float


class Corpus:
    """The training text, ready to be compared with."""

    def __init__(self, text: str) -> None:
        self.windows = Windows(text)
        self.words = {word.lower() for word in _WORD.findall(text)}
        self.names = {line for line in text.splitlines() if _SPEAKER.fullmatch(line)}

    def measure(self, text: str) -> Coherence:
        """The five measures; of a text without words or speeches they are 0."""
        words = [word.lower() for word in _WORD.findall(text)]
        speeches = [part.split("\n") for part in re.split(r"\n{2,}", text.strip("\n"))][1:-1]  # both ends may be cut
        heads = [speech[0] for speech in speeches]
        named = [head for head in heads if _SPEAKER.fullmatch(head)]
        lines = [len(line) for speech in speeches for line in speech[1:] if line]
        return Coherence(
            words=_share(sum(word in self.words for word in words), len(words)),
            speakers=_share(len(named), len(heads)),
            names=_share(sum(head in self.names for head in named), len(named)),
            line=_share(sum(lines), len(lines)),
            copied=longest_copied(text, self.windows),
        )


class Windows:
    """All pieces of one length of a text, by a hash of each; equal pieces have equal hashes, others hardly ever.

        hash(i, n) = sum over j < n of code[i + j] B^j  =  B^-i (S[i + n] - S[i]),  S[i] = sum over j < i of code[j] B^j

    all modulo 2^64, where an odd B has an inverse (after Karp and Rabin 1987). With the sums S at hand the pieces of
    any length cost one subtraction and one product each, however long they are.
    """

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64) + 1
        self._sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(codes * _powers(_BASE, len(codes)))])
        self._down = _powers(_INVERSE, len(codes))
        self._sorted: dict[int, np.ndarray] = {}

    def hashes(self, length: int) -> np.ndarray:
        """hash(i, length) for every start i."""
        count = max(0, len(self._down) - length + 1)
        return (self._sums[length : length + count] - self._sums[:count]) * self._down[:count]

    def holds_any(self, hashes: np.ndarray, length: int) -> bool:
        """Whether one of these hashes is that of a piece of this length."""
        if length > _KEPT:
            return _meet(self.hashes(length), np.sort(hashes))
        if length not in self._sorted:
            self._sorted[length] = np.sort(self.hashes(length))
        return _meet(np.sort(hashes), self._sorted[length])  # in order, so that the search walks through memory once


def _powers(base: int, count: int) -> np.ndarray:
    """1, base, base^2, ... modulo 2^64."""
    powers = np.full(count, base, dtype=np.uint64)
    powers[:1] = 1
    return np.cumprod(powers)


def _meet(sought: np.ndarray, there: np.ndarray) -> bool:
    """Whether one of the sought numbers is in the other array, which is sorted."""
    if not len(there) or not len(sought):
        return False
    places = np.searchsorted(there, sought).clip(max=len(there) - 1)
    return bool((there[places] == sought).any())


def longest_copied(text: str, source: Windows) -> int:
    """The length of the longest piece of `text` that stands in the source.

    If a piece of some length stands there, so does one of every smaller length: doubling, then halving finds it.
    """
    own = Windows(text)
    low, high = 0, 8
    while high <= len(text) and source.holds_any(own.hashes(high), high):
        low, high = high, 2 * high
    high = min(high, len(text) + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if source.holds_any(own.hashes(middle), middle):
            low = middle
        else:
            high = middle
    return low


def held_out_range(corpus: Corpus, held_out: str, size: int, most: int = 100) -> tuple[Coherence, Coherence]:
    """The smallest and the largest of each measure over pieces of the held-out text as long as the sample.

    One more piece of the same text lies below the smallest of n, or above the largest, once in n + 1 times for each
    measure: of a few pieces the range would be too narrow for the plays themselves, so all are taken where time allows.
    """
    count = max(1, min(most, len(held_out) // size))
    step = max(1, (len(held_out) - size) // max(1, count - 1))
    found = [corpus.measure(held_out[i * step : i * step + size]) for i in range(count)]
    return _each(min, found), _each(max, found)


def verdicts(found: Coherence, ngram: Coherence, low: Coherence, high: Coherence) -> dict[str, bool]:
    """Whether each measure holds: it lies in the held-out text's range, and beats the n-gram's sample.

    Of a share the lower end of the range is what counts. For names and for a line's mean length the range alone
    decides: a held-out play has a cast of its own, and no length is better than another. No longer span may be copied
    than held-out text shares with the training text.
    """
    return {
        "words": found.words >= low.words and found.words > ngram.words,
        "speakers": found.speakers >= low.speakers and found.speakers >= ngram.speakers,
        "names": found.names >= low.names,  # a held-out play has a cast of its own
        "line": low.line <= found.line <= high.line,
        "copied": found.copied <= high.copied,
    }


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def _each(choose: Callable[..., float], found: Sequence[Coherence]) -> Coherence:
    return Coherence(**{name: choose(getattr(each, name) for each in found) for name in MEASURES})
