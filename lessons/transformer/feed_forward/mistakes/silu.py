"""The non-linearity is SiLU (swish). Equation 2 has a ReLU."""

from torch import nn
from torch.nn import functional as F

EQUATION = "SiLU(x W_1 + b_1) W_2 + b_2"
HINT = 1


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        return self.w_2(F.silu(self.w_1(x)))
