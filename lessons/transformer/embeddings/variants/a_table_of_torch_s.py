"""nn.Embedding with the row's scale added, and a linear map by the same matrix."""

import math

from torch import nn
from torch.nn import functional as F

CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Embedding):
    def __init__(self, num_tokens, d_model):
        super().__init__(num_tokens, d_model)
        nn.init.normal_(self.weight, mean=0.0, std=1 / math.sqrt(d_model))

    def forward(self, ids):
        return math.sqrt(self.embedding_dim) * F.embedding(ids, self.weight)

    def logits(self, x):
        return F.linear(x, self.weight)
