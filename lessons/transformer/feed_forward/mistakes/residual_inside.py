"""x is added to the result. The layer around this one adds it: here it would count twice."""

import torch
from torch import nn

EQUATION = "x + max(0, x W_1 + b_1) W_2 + b_2"
HINT = 1


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        return x + self.w_2(torch.relu(self.w_1(x)))
