"""BLEU of a whole corpus: how many n-grams of a translation stand in a reference, and whether it is long enough."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

ORDERS = (1, 2, 3, 4)


def corpus_bleu(hypotheses: Sequence[Sequence[str]], references: Sequence[Sequence[Sequence[str]]]) -> float:
    """Between 0 and 100, from counts of all sentences together.

        p_n  = sum of min(count in the hypothesis, largest count in one of its references) / number of n-grams said
        BLEU = 100 BP (p_1 p_2 p_3 p_4)^(1/4)        BP = 1 where c >= r, else exp(1 - r / c)

    c is the number of tokens said, r the sum of reference lengths: of each sentence's references the one nearest in
    length to the hypothesis, the shorter of two that are as near. No smoothing: 0 where some p_n is 0, or where nothing
    was said of that length.

    Tokens are compared as they are. ValueError where hypotheses and lists of references differ in number.
    Papineni et al. 2002, sections 2.1 to 2.3; the nearest length: Post 2018 (1804.08771), section 2 and sacreBLEU.
    """
    if len(hypotheses) != len(references):
        raise ValueError(f"{len(hypotheses)} hypotheses, but references for {len(references)} sentences")
    said, matched, c, r = Counter[int](), Counter[int](), 0, 0
    for hypothesis, its_references in zip(hypotheses, references, strict=True):
        c += len(hypothesis)
        r += min((abs(len(reference) - len(hypothesis)), len(reference)) for reference in its_references)[1]
        for n in ORDERS:
            counts, allowed = Counter(_ngrams(hypothesis, n)), Counter[tuple[str, ...]]()
            for reference in its_references:
                allowed |= Counter(_ngrams(reference, n))  # the larger of two counts
            said[n] += counts.total()
            matched[n] += (counts & allowed).total()  # the smaller of two counts
    if not all(matched[n] for n in ORDERS):
        return 0.0
    mean_log = sum(math.log(matched[n] / said[n]) for n in ORDERS) / len(ORDERS)
    return 100.0 * math.exp(min(0.0, 1.0 - r / c) + mean_log)


def _ngrams(tokens: Sequence[str], n: int) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))
