"""Lists instead of counters: each n-gram that is found is crossed off in a copy of every reference's."""


def runs(tokens, n):
    return [tokens[start : start + n] for start in range(max(0, len(tokens) - n + 1))]


def matches(said, refs, n):
    left = [runs(ref, n) for ref in refs]
    found = 0
    for run in runs(said, n):
        hit = False
        for others in left:
            if run in others:
                others.remove(run)
                hit = True
        found += hit
    return found


def nearest(said, refs):
    best = None
    for ref in refs:
        gap = abs(len(ref) - len(said))
        if best is None or gap < abs(best - len(said)) or (gap == abs(best - len(said)) and len(ref) < best):
            best = len(ref)
    return best


def corpus_bleu(hypotheses, references):
    if len(references) != len(hypotheses):
        raise ValueError("every hypothesis needs its references")
    product = 1.0
    for n in range(1, 5):
        right = sum(matches(said, refs, n) for said, refs in zip(hypotheses, references, strict=True))
        total = sum(len(runs(said, n)) for said in hypotheses)
        if right == 0:
            return 0.0
        product *= right / total
    c = sum(map(len, hypotheses))
    r = sum(nearest(said, refs) for said, refs in zip(hypotheses, references, strict=True))
    brevity = 2.718281828459045 ** min(0.0, 1.0 - r / c)
    return 100.0 * brevity * product**0.25
