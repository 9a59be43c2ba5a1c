"""Token by token, and only with those hidden units that are awake."""

import torch
from torch import nn


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(in_features=d_model, out_features=d_ff)
        self.w_2 = nn.Linear(in_features=d_ff, out_features=d_model)

    def forward(self, x):
        tokens = []
        for token in x.reshape(-1, x.size(-1)):
            unit = self.w_1(token)
            tokens.append(self.w_2(unit * (unit > 0)))
        return torch.stack(tokens).view(x.shape)
