"""A third matrix gates the middle, as in later models (SwiGLU and its kin). Equation 2 has two matrices."""

import torch
from torch import nn

EQUATION = "(max(0, x W_1 + b_1) (x W_3)) W_2 + b_2"
HINT = 1


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)
        self.w_3 = nn.Linear(d_model, d_ff)

    def forward(self, x):
        return self.w_2(torch.relu(self.w_1(x)) * self.w_3(x))
