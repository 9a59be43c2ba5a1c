"""Each n-gram counts once, however often it is said: repetitions vanish from both sides of the fraction."""

import math
from collections import Counter

EQUATION = "p_n = distinct matched / distinct said"
HINT = 2


def ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def corpus_bleu(hypotheses, references):
    if len(hypotheses) != len(references):
        raise ValueError("as many lists of references as hypotheses are needed")
    matched, total = [0, 0, 0, 0], [0, 0, 0, 0]
    c = r = 0
    for said, refs in zip(hypotheses, references):
        c += len(said)
        r += min((abs(len(ref) - len(said)), len(ref)) for ref in refs)[1]
        for n in (1, 2, 3, 4):
            counts = ngrams(said, n)
            most = Counter()
            for ref in refs:
                most |= ngrams(ref, n)
            matched[n - 1] += sum(1 for gram in counts if most[gram])
            total[n - 1] += len(counts)
    if 0 in matched:
        return 0.0
    logs = [math.log(right / all_said) for right, all_said in zip(matched, total)]
    penalty = 1.0 if c >= r else math.exp(1 - r / c)
    return 100 * penalty * math.exp(sum(logs) / 4)
