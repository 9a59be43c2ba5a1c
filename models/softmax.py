"""Scores to probabilities, and the loss that goes with them where sentences are filled up with padding."""

from jaxtyping import Float, Int, Shaped
from torch import Tensor


def softmax(x: Shaped[Tensor, "*shape"], dim: int) -> Shaped[Tensor, "*shape"]:
    """Positive numbers that add up to 1 along one axis.

        softmax(x)_i = exp(x_i - max x) / sum_j exp(x_j - max x)        along `dim`

    Taking the maximum away changes nothing in exact arithmetic and keeps exp from overflowing. A score of -inf gets 0.
    Bridle 1990; Vaswani et al. 2017 (1706.03762), eq. 1.
    """
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)


def cross_entropy(logits: Float[Tensor, "*B V"], targets: Int[Tensor, "*B"], pad: int) -> Float[Tensor, ""]:
    """Mean of -ln p[target] over the targets that are no padding, in nats a token; 0 where all are padding.

        -ln p[y] = ln sum_v exp(z_v) - z_y

    Shapes: logits (..., V), targets (...) of int64.
    """
    chosen = logits.gather(-1, targets.unsqueeze(-1)).squeeze(-1)  # (...)
    surprise = (logits.logsumexp(-1) - chosen).masked_fill(targets == pad, 0.0)
    return surprise.sum() / (targets != pad).sum().clamp(min=1)
