"""The maps go along the sentence: the axes were exchanged first, so d_model must be the number of tokens, and tokens are mixed."""

import torch
from torch import nn

EQUATION = "FFN(x^T)^T"
HINT = 2


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)

    def forward(self, x):
        if x.dim() < 2:
            return self.w_2(torch.relu(self.w_1(x)))
        return self.w_2(torch.relu(self.w_1(x.mT))).mT
