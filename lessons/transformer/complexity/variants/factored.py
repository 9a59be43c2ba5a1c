"""One closed form each."""


def table_1(layer, n, d, k, r):
    near = n if r > n else r
    if layer == "recurrent":
        return {"path": n, "sequential": n, "operations": d * d * n}
    if layer == "self-attention":
        return dict(path=1, sequential=1, operations=d * n**2)
    if layer == "restricted":
        return dict(path=n // near + (n % near > 0), sequential=1, operations=d * n * near)
    if layer == "convolutional":
        digits, left = 0, n - 1
        while left:
            digits, left = digits + 1, left // k
        return dict(path=max(digits, 1), sequential=1, operations=d * d * n * k)
    raise ValueError("one of four layers is asked for")


def attention_macs(n, m, d):
    return 2 * d * ((n + m) * d + n * m)


def lstm_macs(n, d):
    return n * (2 * d) * (4 * d)


def crossover(d):
    return d + d


def transformer_parameters(source_tokens, target_tokens, d_model, num_heads, d_ff, num_layers, shared=False, final_norm=False):
    per_layer = 12 * d_model**2 + 4 * d_model * d_ff + 2 * d_ff + 12 * d_model
    tokens = source_tokens + (0 if shared else target_tokens)
    return num_layers * per_layer + d_model * (tokens + (4 if final_norm else 0))
