"""Words as numbers, n-grams as rows of an unfolded tensor, counted by unique."""

import torch


def as_rows(tokens, numbers, n):
    ids = torch.tensor([numbers[token] for token in tokens], dtype=torch.long)
    return ids.unfold(0, n, 1) if len(ids) >= n else ids.new_empty(0, n)


def counted(rows):
    if len(rows) == 0:
        return {}
    unique, counts = torch.unique(rows, dim=0, return_counts=True)
    return {tuple(row): count for row, count in zip(unique.tolist(), counts.tolist(), strict=True)}


def corpus_bleu(hypotheses, references):
    sentences = list(zip(hypotheses, references, strict=True))
    words = sorted({token for said, refs in sentences for each in (said, *refs) for token in each})
    numbers = {word: number for number, word in enumerate(words)}
    right, total = torch.zeros(4, dtype=torch.float64), torch.zeros(4, dtype=torch.float64)
    lengths = torch.zeros(2, dtype=torch.float64)
    for said, refs in sentences:
        sizes = torch.tensor(sorted(len(ref) for ref in refs))
        lengths += torch.tensor([len(said), int(sizes[(sizes - len(said)).abs().argmin()])])
        for n in range(1, 5):
            have = counted(as_rows(said, numbers, n))
            allowed = [counted(as_rows(ref, numbers, n)) for ref in refs]
            right[n - 1] += sum(min(count, max(each.get(row, 0) for each in allowed)) for row, count in have.items())
            total[n - 1] += sum(have.values())
    if bool((right == 0).any()):
        return 0.0
    log_brevity = torch.clamp(1 - lengths[1] / lengths[0], max=0)
    return float(100 * torch.exp(log_brevity + (right / total).log().mean()))
