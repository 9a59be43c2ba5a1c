"""The parts are float32 whatever torch's default is, and x is rounded to them."""

import torch
from torch import nn

EQUATION = "FFN in float32"
HINT = 3


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff, dtype=torch.float32)
        self.w_2 = nn.Linear(d_ff, d_model, dtype=torch.float32)

    def forward(self, x):
        return self.w_2(torch.relu(self.w_1(x.float())))
