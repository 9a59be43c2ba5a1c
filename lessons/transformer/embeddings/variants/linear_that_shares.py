"""An nn.Linear whose weight is the table: the state_dict names it twice, and it is one parameter."""

import torch
from torch import nn

CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.empty(num_tokens, d_model).normal_(std=d_model**-0.5))
        self.output = nn.Linear(d_model, num_tokens, bias=False)
        self.output.weight = self.weight

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        return self.output(x)
