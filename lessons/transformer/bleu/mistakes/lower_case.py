"""Everything is made lower case first. That is another BLEU, and its signature says so; here tokens are compared as they are."""

import math
from collections import Counter

EQUATION = "tokens <- lower case"
HINT = 2


def ngrams(tokens, n):
    return Counter(tuple(token.lower() for token in tokens[i : i + n]) for i in range(len(tokens) - n + 1))


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
            matched[n - 1] += sum(min(count, most[gram]) for gram, count in counts.items())
            total[n - 1] += sum(counts.values())
    if 0 in matched:
        return 0.0
    logs = [math.log(right / all_said) for right, all_said in zip(matched, total)]
    penalty = 1.0 if c >= r else math.exp(1 - r / c)
    return 100 * penalty * math.exp(sum(logs) / 4)
