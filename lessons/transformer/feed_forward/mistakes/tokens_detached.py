"""x is detached: both matrices learn, and no gradient reaches what lies below."""

import torch
from torch import nn

EQUATION = "dFFN/dx = 0"
HINT = 3


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        return self.w_2(torch.relu(self.w_1(x.detach())))
