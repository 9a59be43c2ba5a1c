"""The middle is given as well. What is asked for is the result alone."""

import torch
from torch import nn

EQUATION = "y, hidden"
HINT = 2


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        hidden = torch.relu(self.w_1(x))
        return self.w_2(hidden), hidden
