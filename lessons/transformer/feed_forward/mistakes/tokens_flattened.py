"""All tokens are in one axis when they come out: the shape of x in front of d_model has to come back."""

import torch
from torch import nn

EQUATION = "y (B T, d_model)"
HINT = 2


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        x = x.reshape(-1, x.shape[-1])
        return self.w_2(torch.relu(self.w_1(x)))
