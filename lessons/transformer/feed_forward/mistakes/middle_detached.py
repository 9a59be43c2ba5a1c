"""The middle is detached, so W_1 and everything below never learn."""

import torch
from torch import nn

EQUATION = "dhidden = 0"
HINT = 3


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        hidden = torch.relu(self.w_1(x)).detach()
        return self.w_2(hidden)
