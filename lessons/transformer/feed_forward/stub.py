"""What each token does by itself between two rounds of attention: two linear maps, and a ReLU between them."""

import torch
from torch import Tensor, nn


class FeedForward(nn.Module):
    """Widen a token to d_ff numbers, cut off what is negative, and come back to d_model.

        FFN(x) = max(0, x W_1 + b_1) W_2 + b_2

    Shapes:  x (..., d_model)  ->  hidden (..., d_ff)  ->  y (..., d_model): one token (d_model,), a batch of sentences
             (B, T, d_model), or more axes in front
    Parts:   w_1 from d_model to d_ff and w_2 from d_ff to d_model, each with its bias: nn.Linear as the attributes w_1
             and w_2, whose matrices lie as (out, in). Nothing else is saved. What their numbers start from is
             nn.Linear's business; they must not be all alike.

    The same maps are used at every position, and no token sees another. No dropout and no residual stand in here: the
    layer around it has both, so training and evaluation are alike. x stays as it was, y has its dtype and device.

    Vaswani et al. 2017 (arXiv 1706.03762), section 3.3, eq. 2.
    """

    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parts of FeedForward")

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError("your turn: FeedForward.forward")
