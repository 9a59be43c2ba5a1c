"""F.dropout acts in evaluation too unless it is told the mode, so a translation would change from call to call. And no dropout belongs in here at all."""

import torch
from torch import nn
from torch.nn import functional as F

EQUATION = "dropout(max(0, x W_1 + b_1)) W_2 + b_2, always"
HINT = 1


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.1):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)
        self.p = dropout

    def forward(self, x):
        hidden = F.dropout(torch.relu(self.w_1(x)), self.p)
        return self.w_2(hidden)
