"""What attention costs, beside what it replaced: counts that you derive, all of them exact integers."""


def table_1(layer: str, n: int, d: int, k: int, r: int) -> dict[str, int]:
    """One row of the paper's Table 1, with 1 for every constant that O(.) hides: {"operations", "sequential", "path"}.

        layer             operations    sequential    path
        "self-attention"  n^2 d         1             1
        "recurrent"       n d^2         n             n
        "convolutional"   k n d^2       1             log_k n: the smallest L, at least 1, with k^L >= n
        "restricted"      r n d         1             n / r, rounded up

    n tokens of d numbers each. "operations" of one layer; "sequential": how many have to wait for each other; "path":
    through how many layers or steps a signal goes between the two tokens that are farthest apart.
    k (at least 2) is the width of a kernel, of convolutions that are dilated by 1, k, k^2, ... in a stack. r is the
    number of tokens that restricted self-attention looks at; a sentence of n tokens has no more than n of them, so
    where r > n it is n. Another layer is a ValueError.

    Vaswani et al. 2017 (arXiv 1706.03762), section 4 and table 1.
    """
    raise NotImplementedError("your turn: table_1")


def attention_macs(n: int, m: int, d: int) -> int:
    """Multiply-adds of a whole multi-head attention, projections and all, of n queries to m keys and values.

    One multiply-add for each product in a matrix product, which a FLOP counter counts as two. Count the projections of
    queries (n), keys (m), values (m) and output (n), (d, d) each, and the two products of all heads together: q k^T,
    and weights v. Softmax, scaling and masks count nothing. Self-attention has m = n.

    Vaswani et al. 2017, eq. 1 and section 3.2.2.
    """
    raise NotImplementedError("your turn: attention_macs")


def lstm_macs(n: int, d: int) -> int:
    """Multiply-adds of one LSTM layer of d units over n inputs of d numbers: its matrix products alone.

    Four gates, each of which reads the input and the hidden state by a matrix of its own.
    """
    raise NotImplementedError("your turn: lstm_macs")


def crossover(d: int) -> int:
    """The n at which self-attention (m = n) and an LSTM layer of the same width cost equally many multiply-adds.

    By the counts above, not by Table 1. Below it attention is cheaper, above it the LSTM is.
    """
    raise NotImplementedError("your turn: crossover")


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
    """How many numbers training changes in your Transformer of these sizes.

    Embeddings: a row of d_model for every token of each side, which are the output's weights as well (tied). `shared`:
                both sides have one table, of source_tokens rows.
    Attention:  four matrices without biases; num_heads of d_model / num_heads columns each, side by side.
    Layers:     num_layers of the encoder (one attention, one feed-forward, two layer norms) and as many of the decoder
                (two attentions, one feed-forward, three layer norms). The feed-forward's two maps have biases, a layer
                norm has a weight and a bias.
    final_norm: one layer norm more at the end of each of the two stacks.
    Positions are computed and not learned.

    Vaswani et al. 2017, sections 3.1 to 3.5.
    """
    raise NotImplementedError("your turn: transformer_parameters")
