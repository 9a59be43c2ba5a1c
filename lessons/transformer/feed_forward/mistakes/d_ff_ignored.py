"""The middle is four times as wide as the model, whatever was asked for. d_ff is an argument."""

import torch
from torch import nn

EQUATION = "d_ff = 4 d_model"
HINT = 2


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, 4 * d_model)
        self.w_2 = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        return self.w_2(torch.relu(self.w_1(x)))
