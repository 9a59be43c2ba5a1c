"""The equation with its matrices, from the two layers' numbers."""

import torch
from torch import nn


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        hidden = torch.maximum(torch.zeros(()).to(x), x @ self.w_1.weight.T + self.w_1.bias)
        return hidden @ self.w_2.weight.T + self.w_2.bias
