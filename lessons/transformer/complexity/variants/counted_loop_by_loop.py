"""Matrix products as sizes, added up; parameters as a list of shapes."""

from math import prod


def table_1(layer, n, d, k, r):
    rows = {
        "self-attention": lambda: (n * n * d, 1, 1),
        "recurrent": lambda: (n * d**2, n, n),
        "convolutional": lambda: (k * n * d**2, 1, depth(n, k)),
        "restricted": lambda: (min(r, n) * n * d, 1, (n + min(r, n) - 1) // min(r, n)),
    }
    if layer not in rows:
        raise ValueError(f"{layer!r} is none of {sorted(rows)}")
    return dict(zip(["operations", "sequential", "path"], rows[layer](), strict=True))


def depth(n, k):
    layers, seen = 0, 1
    while seen < n or layers == 0:
        layers, seen = layers + 1, seen * k
    return layers


def product(rows, inner, columns):
    return rows * inner * columns


def attention_macs(n, m, d):
    total = 0
    for tokens in (n, m, m, n):
        total += product(tokens, d, d)
    return total + product(n, d, m) + product(n, m, d)


def lstm_macs(n, d):
    return sum(product(1, d, d) for _step in range(n) for _gate in "ifgo" for _input in "xh")


def crossover(d):
    n = 1
    while attention_macs(n, n, d) < lstm_macs(n, d):
        n += 1
    return n


def transformer_parameters(source_tokens, target_tokens, d_model, num_heads, d_ff, num_layers, shared=False, final_norm=False):
    d = d_model
    attention = [(d, d // num_heads)] * (3 * num_heads) + [(d, d)]
    feed_forward = [(d, d_ff), (d_ff,), (d_ff, d), (d,)]
    norm = [(d,), (d,)]
    shapes = [(source_tokens, d)] + ([] if shared else [(target_tokens, d)])
    for _ in range(num_layers):
        shapes += attention + feed_forward + norm * 2
        shapes += attention * 2 + feed_forward + norm * 3
    shapes += norm * 2 if final_norm else []
    return sum(map(prod, shapes))
