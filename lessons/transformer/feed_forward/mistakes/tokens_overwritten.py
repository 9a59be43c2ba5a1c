"""x is cut off in place before the first map: whoever adds it to the result afterwards adds something else."""

import torch
from torch import nn

EQUATION = "x <- max(0, x)"
HINT = 3


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        return self.w_2(self.w_1(x.relu_()))
