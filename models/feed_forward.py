"""What happens to each token by itself between two rounds of attention."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class FeedForward(nn.Module):
    """Two linear maps with a ReLU between them, the same at every position.

        FFN(x) = max(0, x W_1 + b_1) W_2 + b_2

    Shapes: x (..., d_model), hidden (..., d_ff), out (..., d_model); W_1 and W_2 are w_1 and w_2, transposed.
    Vaswani et al. 2017 (1706.03762), eq. 2.
    """

    def __init__(self, d_model: int, d_ff: int) -> None:
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x: Float[Tensor, "*B d"]) -> Float[Tensor, "*B d"]:
        return self.w_2(torch.relu(self.w_1(x)))
