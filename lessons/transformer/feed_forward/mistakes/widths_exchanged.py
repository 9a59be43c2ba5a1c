"""d_model and d_ff have changed places: the layer takes d_ff numbers and has d_model in the middle."""

import torch
from torch import nn

EQUATION = "W_1 (d_ff, d_model), W_2 (d_model, d_ff)"
HINT = 2


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_ff, d_model)
        self.w_2 = nn.Linear(d_model, d_ff)

    def forward(self, x):
        return self.w_2(torch.relu(self.w_1(x)))
