"""A dropout of 0.1 stands at the end. The layer around this one has it already, so it would act twice."""

import torch
from torch import nn

EQUATION = "dropout(max(0, x W_1 + b_1) W_2 + b_2)"
HINT = 1


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.1):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        return self.dropout(self.w_2(torch.relu(self.w_1(x))))
