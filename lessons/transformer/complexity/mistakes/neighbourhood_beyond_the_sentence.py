"""r is counted in full where it is more than n. A sentence of n tokens has no more than n to look at."""

EQUATION = "restricted r n d, also for r > n"
HINT = 3


def table_1(layer, n, d, k, r):
    if layer == "self-attention":
        return {"operations": n**2 * d, "sequential": 1, "path": 1}
    if layer == "recurrent":
        return {"operations": n * d**2, "sequential": n, "path": n}
    if layer == "convolutional":
        path = 1
        while k**path < n:
            path += 1
        return {"operations": k * n * d**2, "sequential": 1, "path": path}
    if layer == "restricted":
        return {"operations": r * n * d, "sequential": 1, "path": -(-n // r)}
    raise ValueError(f"{layer} is not in the table")


def attention_macs(n, m, d):
    projections = 2 * n * d**2 + 2 * m * d**2
    products = 2 * n * m * d
    return projections + products


def lstm_macs(n, d):
    return 8 * n * d**2


def crossover(d):
    return 2 * d


def transformer_parameters(
    source_tokens, target_tokens, d_model, num_heads, d_ff, num_layers, shared=False, final_norm=False
):
    embeddings = source_tokens * d_model
    if not shared:
        embeddings += target_tokens * d_model
    attention = 4 * d_model**2
    feed_forward = d_model * d_ff + d_ff + d_ff * d_model + d_model
    norm = 2 * d_model
    encoder_layer = attention + feed_forward + 2 * norm
    decoder_layer = 2 * attention + feed_forward + 3 * norm
    ends = 2 * norm if final_norm else 0
    return embeddings + num_layers * (encoder_layer + decoder_layer) + ends
