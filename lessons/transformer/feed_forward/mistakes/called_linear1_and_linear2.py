"""The parts are called linear1 and linear2, as in torch's encoder layer. Here a state is looked for under w_1 and w_2."""

import torch
from torch import nn

EQUATION = "parts: linear1, linear2"
HINT = 2


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.linear1 = nn.Linear(d_model, d_ff)
        self.linear2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))
