"""Statistics of each sentence as one row, added up; fractions stay exact until the root is taken."""

import functools
import math
from collections import defaultdict
from fractions import Fraction


class Sentence:
    def __init__(self, said, refs):
        self.said, self.refs = said, refs

    def order(self, n):
        have, limit = self.tally(self.said, n), defaultdict(int)
        for ref in self.refs:
            for run, times in self.tally(ref, n).items():
                limit[run] = max(limit[run], times)
        return sum(min(times, limit[run]) for run, times in have.items()), sum(have.values())

    @staticmethod
    def tally(tokens, n):
        found = defaultdict(int)
        for run in zip(*(tokens[offset:] for offset in range(n))):
            found[run] += 1
        return found

    def row(self):
        gaps = sorted((abs(len(ref) - len(self.said)), len(ref)) for ref in self.refs)
        return [len(self.said), gaps[0][1], *(number for n in range(1, 5) for number in self.order(n))]


def corpus_bleu(hypotheses, references):
    if not len(hypotheses) == len(references):
        raise ValueError(f"{len(hypotheses)} against {len(references)}")
    rows = [Sentence(said, refs).row() for said, refs in zip(hypotheses, references)]
    c, r, *orders = [sum(column) for column in zip(*rows)] or [0] * 10
    pairs = list(zip(orders[::2], orders[1::2]))
    if any(right == 0 for right, _ in pairs):
        return 0.0
    precision = functools.reduce(lambda product, pair: product * Fraction(*pair), pairs, Fraction(1))
    bleu = float(precision) ** (1 / 4)
    if c < r:
        bleu *= math.exp(float(1 - Fraction(r, c)))
    return bleu * 100
