"""How good translations are, as plain text against plain text: sacreBLEU with its signature, and exact matches.

Needs no torch; sacrebleu is imported when a score is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.data_store import DataMissing


@dataclass(frozen=True)
class CorpusScore:
    """A score of all sentences together, 0 to 100, and the signature without which it cannot be compared."""

    name: str
    score: float
    signature: str  # "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0"

    def __str__(self) -> str:
        return f"{self.name} {self.score:.2f} ({self.signature})"


@dataclass(frozen=True)
class BleuScore(CorpusScore):
    """BLEU and what it is made of."""

    precisions: tuple[float, ...]  # per cent, of 1-grams to 4-grams
    brevity_penalty: float
    hypothesis_length: int  # tokens, as sacreBLEU cuts them
    reference_length: int


def sacre_bleu(hypotheses: Sequence[str], references: Sequence[str]) -> BleuScore:
    """BLEU of the corpus by sacreBLEU's defaults: cased, its own 13a tokens, one reference a sentence.

        BLEU = BP exp(1/4 sum_n ln p_n)        BP = min(1, exp(1 - r / c))

    p_n: clipped n-gram precision over all sentences; c, r: tokens of hypotheses and references. Text goes in as a
    person would read it, neither lower-cased nor cut into tokens. Papineni et al. 2002; Post 2018 (1804.08771).
    """
    _refuse_unpaired(hypotheses, references)
    try:
        from sacrebleu.metrics.bleu import BLEU, BLEUScore
    except ImportError as error:
        raise _missing() from error
    metric = BLEU()
    score = metric.corpus_score(list(hypotheses), [list(references)])
    assert isinstance(score, BLEUScore)
    return BleuScore(
        "BLEU",
        score.score,
        str(metric.get_signature()),
        tuple(score.precisions),
        score.bp,
        score.sys_len,
        score.ref_len,
    )


def chrf(hypotheses: Sequence[str], references: Sequence[str]) -> CorpusScore:
    """chrF2 of the corpus: F-score of character 1-grams to 6-grams, recall twice as heavy. Popović 2015."""
    _refuse_unpaired(hypotheses, references)
    try:
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise _missing() from error
    metric = CHRF()
    score = metric.corpus_score(list(hypotheses), [list(references)]).score
    return CorpusScore("chrF2", score, str(metric.get_signature()))


def exact_share(hypotheses: Sequence[str], references: Sequence[str]) -> float:
    """The share of sentences that are the reference to the last character, 0 to 1."""
    _refuse_unpaired(hypotheses, references)
    return sum(map(str.__eq__, hypotheses, references)) / len(references)


def _refuse_unpaired(hypotheses: Sequence[str], references: Sequence[str]) -> None:
    if len(hypotheses) != len(references) or not references:
        raise ValueError(f"{len(hypotheses)} hypotheses cannot be scored against {len(references)} references")


def _missing() -> DataMissing:
    next_step = "install it with `pip install sacrebleu`"
    return DataMissing("The package sacrebleu is not on this machine.", "the score of translations", next_step)
