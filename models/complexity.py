"""What layers cost: the transformer paper's Table 1, the multiply-adds that it leaves out, and a count of weights."""


def table_1(layer: str, n: int, d: int, k: int, r: int) -> dict[str, int]:
    """One row of Table 1 with 1 for every constant that O(.) hides, for n tokens of d numbers.

        layer             operations    sequential    path
        "self-attention"  n^2 d         1             1
        "recurrent"       n d^2         n             n
        "convolutional"   k n d^2       1             smallest L >= 1 with k^L >= n
        "restricted"      r n d         1             n / r, rounded up

    Convolutions have kernels of k tokens, dilated by 1, k, k^2, ... in a stack, so that L layers see k^L tokens.
    Restricted self-attention looks at r tokens, at n where r > n. k is at least 2. ValueError for another layer.
    Vaswani et al. 2017 (1706.03762), section 4 and table 1.
    """
    r = min(r, n)
    if layer == "self-attention":
        operations, sequential, path = n * n * d, 1, 1
    elif layer == "recurrent":
        operations, sequential, path = n * d * d, n, n
    elif layer == "convolutional":
        operations, sequential, path = k * n * d * d, 1, 1
        while k**path < n:
            path += 1
    elif layer == "restricted":
        operations, sequential, path = r * n * d, 1, -(-n // r)
    else:
        raise ValueError(f'no layer "{layer}" in table 1')
    return {"operations": operations, "sequential": sequential, "path": path}


def attention_macs(n: int, m: int, d: int) -> int:
    """Multiply-adds of a multi-head attention of n queries to m keys: 2 n d^2 + 2 m d^2 + 2 n m d.

    Queries and outputs are n projections each, keys and values m; q k^T and weights v are n m d each, for all heads
    together, however many there are. Self-attention, m = n: 4 n d^2 + 2 n^2 d.
    """
    return 2 * n * d * d + 2 * m * d * d + 2 * n * m * d


def lstm_macs(n: int, d: int) -> int:
    """Multiply-adds of an LSTM of d units over n inputs of d numbers: 8 n d^2; four gates, two matrices each."""
    return 8 * n * d * d


def crossover(d: int) -> int:
    """The n at which both cost the same: 4 n d^2 + 2 n^2 d = 8 n d^2 at n = 2 d. Below, attention is cheaper."""
    return 2 * d


def transformer_parameters(
    source_tokens: int,
    target_tokens: int,
    d_model: int,
    num_heads: int,
    d_ff: int,
    num_layers: int,
    shared: bool = False,
    final_norm: bool = False,
) -> int:
    """Numbers that training changes in a Transformer of these sizes, of post-norm layers or of pre-norm ones.

        attention     4 d^2                                  no biases; the number of heads does not matter
        feed-forward  d d_ff + d_ff + d_ff d + d
        norm          2 d
        encoder layer = attention + feed-forward + 2 norms
        decoder layer = 2 attention + feed-forward + 3 norms

    and a row of d for every token, which is the output's weight as well. `shared`: one table of source_tokens for both
    sides; `final_norm`: a norm more at the end of each stack. Positions are computed, not learned.
    Vaswani et al. 2017 (1706.03762), sections 3.1 to 3.4.
    """
    del num_heads  # d_model is divided among them, so that their matrices together have d_model columns
    attention, norm = 4 * d_model**2, 2 * d_model
    feed_forward = 2 * d_model * d_ff + d_ff + d_model
    encoder_layer = attention + feed_forward + 2 * norm
    decoder_layer = 2 * attention + feed_forward + 3 * norm
    rows = source_tokens if shared else source_tokens + target_tokens
    return rows * d_model + num_layers * (encoder_layer + decoder_layer) + (2 * norm if final_norm else 0)
