"""The sum is multiplied by the penalty. Sums are negative, so a long sentence is punished once more, where the penalty is there to give it back what it lost."""

import math

import torch

EQUATION = "score = log P (((5 + |Y|) / 6)^alpha)"
HINT = 1


def start(model, source, source_mask):
    memory = model.encode(source, source_mask)
    return {"memory": memory, "mask": source_mask, "layers": [{} for _ in model.decoder]}


def step(model, token, cache):
    scores = model.decode(token[:, None], cache["memory"], None, cache["mask"], cache["layers"])
    return scores[:, -1]


def greedy(model, source, source_mask, bos, eos, max_length):
    cache = start(model, source, source_mask)
    token = torch.full((len(source),), bos, device=source.device)
    ended = torch.zeros_like(token, dtype=torch.bool)
    said = []
    for _ in range(max_length):
        token = step(model, token, cache).argmax(dim=1)
        said.append(token)
        ended = ended | (token == eos)
        if ended.all():
            break
    rows = torch.stack(said, dim=1).tolist()
    return [row[: row.index(eos)] if eos in row else row for row in rows]


def beam(model, source, source_mask, bos, eos, max_length, width=4, alpha=0.6):
    batch = len(source)
    copies = torch.arange(batch, device=source.device).repeat_interleave(width)
    cache = start(model, source[copies], None if source_mask is None else source_mask[copies])
    said = torch.full((batch * width, 1), bos, device=source.device)
    sums = torch.full((batch, width), -math.inf, device=source.device)
    sums[:, 0] = 0
    best = [(-math.inf, [])] * batch
    for length in range(1, max_length + 1):
        logs = step(model, said[:, -1], cache).log_softmax(dim=1)
        vocabulary = logs.shape[1]
        sums, places = (sums.view(-1, 1) + logs).view(batch, -1).topk(width)
        parents = (places // vocabulary + torch.arange(batch, device=source.device)[:, None] * width).flatten()
        tokens = (places % vocabulary).flatten()
        said = torch.cat([said[parents], tokens[:, None]], dim=1)
        for layer in cache["layers"]:
            for name in layer:
                layer[name] = layer[name][parents]
        ended = (tokens == eos).view(batch, width) | (length == max_length)
        for b, w in ended.nonzero().tolist():
            score = float(sums[b, w]) * ((5 + length) / 6) ** alpha
            if score > best[b][0]:
                best[b] = (score, said[b * width + w, 1:].tolist())
        sums = sums.masked_fill(ended, -math.inf)
    return [row[:-1] if row[-1:] == [eos] else row for _, row in best]
