"""How the transformer's paper trains: a rate that warms up and falls, and targets that are not quite sure."""

from jaxtyping import Float, Int
from torch import Tensor

CONVENTIONS = {"smoothing": "no-padding"}


def noam(step: int, d_model: int, warmup: int) -> float:
    """The learning rate of a step; a step of 0 counts as 1.

        rate = d_model^(-1/2) min(step^(-1/2), step warmup^(-3/2))

    It rises in proportion to the step for `warmup` steps, and falls with the inverse root after them.
    Vaswani et al. 2017 (1706.03762), eq. 3.
    """
    step = max(step, 1)
    return d_model**-0.5 * min(step**-0.5, step * warmup**-1.5)


def smoothed_cross_entropy(
    logits: Float[Tensor, "*B V"],
    targets: Int[Tensor, "*B"],
    smoothing: float,
    pad: int,
    *,
    mass: str = CONVENTIONS["smoothing"],
) -> Float[Tensor, ""]:
    """Cross entropy against targets of which a share is spread over the vocabulary; a mean over what is no padding.

        q_v = (1 - e) [v = y] + e u_v        loss = -sum_v q_v ln p_v        e = smoothing

    Mass "no-padding": u is even over the V - 1 tokens that are not `pad`; "all": even over all V, as in torch.

    Shapes: logits (..., V), targets (...) of int64; 0 where all targets are padding.
    Szegedy et al. 2015 (1512.00567), section 7; Vaswani et al. 2017 (1706.03762), section 5.4: e = 0.1.
    """
    surprise = -logits.log_softmax(-1)  # (..., V)
    told = surprise.gather(-1, targets.unsqueeze(-1)).squeeze(-1)  # (...)
    everywhere, tokens = surprise.sum(-1), logits.shape[-1]
    if mass == "no-padding":
        everywhere, tokens = everywhere - surprise[..., pad], tokens - 1
    loss = (1.0 - smoothing) * told + smoothing * everywhere / tokens
    return loss.masked_fill(targets == pad, 0.0).sum() / (targets != pad).sum().clamp(min=1)
