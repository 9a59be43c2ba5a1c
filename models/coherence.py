"""How far made-up text is from text: words, lines, speakers, and what is copied. Needs no torch."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")
_BASE = np.uint64(6364136223846793005)
_SPEAKER = re.compile(r"[A-Z][A-Za-z' .\-]{1,30}:")
MEASURES = {
    "words": "share of words that occur in the training text",
    "speakers": "share of speeches that begin with a name and a colon",
    "names": "share of speakers whose name occurs in the training text",
    "line": "mean length of a line of speech, in characters",
    "copied": "longest span that stands in the training text, in characters",
}


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
    """All pieces of one length of a text, by a hash of each; equal pieces have equal hashes, others hardly ever."""

    def __init__(self, text: str) -> None:
        self.codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64) + 1
        self._sorted: dict[int, np.ndarray] = {}

    def hashes(self, length: int) -> np.ndarray:
        """sum over j of code[i + j] B^j modulo 2^64, for every start i (Karp and Rabin 1987)."""
        if len(self.codes) < length:
            return np.empty(0, dtype=np.uint64)
        total = np.zeros(len(self.codes) - length + 1, dtype=np.uint64)
        for offset in reversed(range(length)):  # Horner's rule
            total = total * _BASE + self.codes[offset : offset + len(total)]
        return total

    def holds_any(self, hashes: np.ndarray, length: int) -> bool:
        """Whether one of these hashes is that of a piece of this length."""
        if length not in self._sorted:
            self._sorted[length] = np.sort(self.hashes(length))
        there = self._sorted[length]
        if not len(there) or not len(hashes):
            return False
        places = np.searchsorted(there, hashes).clip(max=len(there) - 1)
        return bool((there[places] == hashes).any())


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


def held_out_range(corpus: Corpus, held_out: str, size: int, most: int = 8) -> tuple[Coherence, Coherence]:
    """The smallest and the largest of each measure over pieces of the held-out text as long as the sample."""
    count = max(1, min(most, len(held_out) // size))
    step = max(1, (len(held_out) - size) // max(1, count - 1)) if count > 1 else 1
    found = [corpus.measure(held_out[i * step : i * step + size]) for i in range(count)]
    return _each(min, found), _each(max, found)


def verdicts(found: Coherence, ngram: Coherence, low: Coherence, high: Coherence) -> dict[str, bool]:
    """Whether each measure holds: it lies in the held-out text's range, and beats the n-gram's sample.

    Of a share the lower end of the range is what counts. A line's mean length has no better and worse, so there the
    range alone decides; and no longer span may be copied than held-out text shares with the training text.
    """
    return {
        "words": found.words >= low.words and found.words > ngram.words,
        "speakers": found.speakers >= low.speakers and found.speakers >= ngram.speakers,
        "names": found.names >= low.names and found.names >= ngram.names,
        "line": low.line <= found.line <= high.line,
        "copied": found.copied <= high.copied,
    }


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def _each(choose: Callable[..., float], found: Sequence[Coherence]) -> Coherence:
    return Coherence(**{name: choose(getattr(each, name) for each in found) for name in MEASURES})
