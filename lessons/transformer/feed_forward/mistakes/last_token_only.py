"""Only the last token goes through, and stands for all. Every position has its own result."""

import torch
from torch import nn

EQUATION = "y[t] = FFN(x[T])"
HINT = 1


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        y = self.w_2(torch.relu(self.w_1(x)))
        return y[..., -1:, :].expand(y.shape) if x.dim() > 1 else y
