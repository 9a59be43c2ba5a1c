"""Each sentence by itself, a beginning as a tuple, a cache copied for each of them."""

import math


def start(model, source, source_mask):
    return [model.encode(source, source_mask), source_mask, [dict() for _ in range(len(model.decoder))]]


def step(model, token, cache):
    memory, source_mask, layers = cache
    return model.decode(token.unsqueeze(-1), memory, source_mask=source_mask, caches=layers).squeeze(1)


def greedy(model, source, source_mask, bos, eos, max_length):
    result = []
    for b in range(source.shape[0]):
        cache = start(model, source[b : b + 1], None if source_mask is None else source_mask[b : b + 1])
        said = [bos]
        while len(said) <= max_length:
            scores = step(model, source.new_tensor([said[-1]]), cache)
            token = int(scores[0].argmax())
            if token == eos:
                break
            said.append(token)
        result.append(said[1:])
    return result


def copied(cache):
    return [cache[0], cache[1], [dict(layer) for layer in cache[2]]]


def beam_of_one(model, source, source_mask, bos, eos, max_length, width, alpha):
    opened, ended = [(0.0, (bos,), start(model, source, source_mask))], []
    while opened:
        candidates = []
        for total, said, cache in opened:
            logs = step(model, source.new_tensor([said[-1]]), cache)[0].log_softmax(-1).tolist()
            candidates += [(total + log, said + (token,), cache) for token, log in enumerate(logs)]
        candidates.sort(key=lambda candidate: -candidate[0])
        opened = []
        for total, said, cache in candidates[:width]:
            if said[-1] == eos or len(said) - 1 == max_length:
                ended.append((total / math.pow((5 + len(said) - 1) / 6, alpha), said))
            else:
                opened.append((total, said, copied(cache)))
    said = list(max(ended)[1][1:])
    return said[:-1] if said[-1] == eos else said


def beam(model, source, source_mask, bos, eos, max_length, width=4, alpha=0.6):
    masks = [None] * len(source) if source_mask is None else source_mask.split(1)
    pairs = zip(source.split(1), masks, strict=True)
    return [beam_of_one(model, one, mask, bos, eos, max_length, width, alpha) for one, mask in pairs]
