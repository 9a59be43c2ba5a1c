"""Tokens and parents of every step are kept, and sentences read backwards in the end; the source is encoded once."""

import torch


class State:
    def __init__(self, memory, source_mask, layers):
        self.memory, self.source_mask, self.layers = memory, source_mask, layers

    def pick(self, rows, source_too=False):
        self.layers = [{name: kept.index_select(0, rows) for name, kept in layer.items()} for layer in self.layers]
        if source_too:
            self.memory = self.memory.index_select(0, rows)
            self.source_mask = None if self.source_mask is None else self.source_mask.index_select(0, rows)


def start(model, source, source_mask):
    return {"state": State(model.encode(source, source_mask), source_mask, [{} for _ in model.decoder])}


def step(model, token, cache):
    state = cache["state"]
    return model.decode(token.view(-1, 1), state.memory, None, state.source_mask, state.layers)[:, 0, :]


def greedy(model, source, source_mask, bos, eos, max_length):
    cache, token = start(model, source, source_mask), torch.full_like(source[:, 0], bos)
    rows, going = [[] for _ in source], list(range(len(source)))
    while going and max_length > 0:
        token = step(model, token, cache).max(dim=-1).indices
        for b in list(going):
            if token[b] == eos:
                going.remove(b)
            else:
                rows[b].append(int(token[b]))
        max_length -= 1
    return rows


def beam(model, source, source_mask, bos, eos, max_length, width=4, alpha=0.6):
    count, device = len(source), source.device
    cache = start(model, source, source_mask)
    cache["state"].pick(torch.arange(count, device=device).repeat_interleave(width), source_too=True)
    token = torch.full((count, width), bos, dtype=torch.long, device=device)
    sums = None
    history, ends = [], [[] for _ in range(count)]
    for length in range(1, max_length + 1):
        logs = torch.log_softmax(step(model, token.reshape(-1), cache), dim=-1).reshape(count, width, -1)
        if sums is None:
            sums = torch.full((count, width), float("-inf"), dtype=logs.dtype, device=device)
            sums[:, 0] = 0.0
        flat = (logs + sums.unsqueeze(-1)).flatten(1)
        sums, index = flat.sort(dim=1, descending=True)
        sums, index = sums[:, :width].clone(), index[:, :width]
        parent = torch.div(index, logs.shape[-1], rounding_mode="floor")
        token = index.remainder(logs.shape[-1])
        history.append((token.tolist(), parent.tolist()))
        over = token.eq(eos) if length < max_length else torch.ones_like(token, dtype=torch.bool)
        scores = sums / ((5.0 + length) / 6.0) ** alpha
        for b in range(count):
            ends[b] += [(float(scores[b, w]), length, w) for w in range(width) if over[b, w] and sums[b, w] > float("-inf")]
        sums[over] = float("-inf")
        if bool((sums == float("-inf")).all()):
            break
        cache["state"].pick((parent + torch.arange(count, device=device).unsqueeze(1) * width).reshape(-1))
    return [without(read_back(history, b, *max(ends[b])[1:]), eos) for b in range(count)]


def read_back(history, b, length, w):
    said = []
    for tokens, parents in reversed(history[:length]):
        said.insert(0, tokens[b][w])
        w = parents[b][w]
    return said


def without(said, eos):
    return said[:-1] if said and said[-1] == eos else said
