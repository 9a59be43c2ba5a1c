"""Scores without the constant 6; ends a sentence when nothing open can reach its best any more."""

import math

import torch


def start(model, source, source_mask):
    caches = []
    for _ in model.decoder:
        caches.append({})
    return dict(memory=model.encode(source, source_mask=source_mask), source_mask=source_mask, caches=caches)


def step(model, token, cache):
    given = dict(memory=cache["memory"], source_mask=cache["source_mask"], caches=cache["caches"])
    return model.decode(torch.stack([token], dim=1), **given).select(1, -1)


def greedy(model, source, source_mask, bos, eos, max_length):
    cache = start(model, source, source_mask)
    said = torch.full((len(source), 1), bos, dtype=torch.int64, device=source.device)
    while said.shape[1] <= max_length and not (said[:, 1:] == eos).any(1).all():
        said = torch.cat([said, step(model, said[:, -1], cache).argmax(-1, keepdim=True)], dim=1)
    result = []
    for row in said[:, 1:].tolist():
        kept = []
        for token in row:
            if token == eos:
                break
            kept.append(token)
        result.append(kept)
    return result


def beam(model, source, source_mask, bos, eos, max_length, width=4, alpha=0.6):
    result = []
    for b in range(len(source)):
        mask = source_mask if source_mask is None else source_mask[b].unsqueeze(0)
        result.append(of_one(model, source[b].unsqueeze(0), mask, bos, eos, max_length, width, alpha))
    return result


def of_one(model, source, source_mask, bos, eos, max_length, width, alpha):
    cache = start(model, source, source_mask)
    said, sums = torch.full((1, 1), bos, device=source.device), torch.zeros(1, 1, device=source.device)
    best, answer = -math.inf, []
    for length in range(1, max_length + 1):
        if cache["memory"].shape[0] != len(said):
            cache["memory"] = cache["memory"][:1].expand(len(said), -1, -1)
            if source_mask is not None:
                cache["source_mask"] = source_mask.expand(len(said), -1, -1, -1)
        logs = step(model, said[:, -1], cache).log_softmax(-1)
        sums, places = (sums + logs).flatten().topk(min(width, logs.numel()))
        rows, tokens = places // logs.shape[1], places % logs.shape[1]
        said = torch.cat([said[rows], tokens[:, None]], dim=1)
        over = (tokens == eos) | (length == max_length)
        for w in over.nonzero().flatten().tolist():
            if sums[w].item() * (5 + length) ** -alpha > best:
                best, answer = sums[w].item() * (5 + length) ** -alpha, said[w, 1:].tolist()
        going = ~over & (sums * (5 + max_length) ** -alpha > best)
        if not going.any():
            break
        rows, said, sums = rows[going], said[going], sums[going][:, None]
        for layer in cache["caches"]:
            layer.update({name: tensor[rows] for name, tensor in layer.items()})
    return answer[:-1] if answer[-1] == eos else answer
