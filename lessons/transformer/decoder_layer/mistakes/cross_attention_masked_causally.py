"""Cross-attention is masked causally: target token t sees source tokens 0 to t only. The source is known from its first to its last word before anything is said; only its padding is hidden."""

import torch
from torch import nn

EQUATION = "cross_attention(x, memory, memory, tril)"
HINT = 2
CONVENTIONS = {"norm": "post"}


class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.self_attention = attention(d_model, num_heads)
        self.cross_attention = attention(d_model, num_heads)
        self.feed_forward = feed_forward(d_model, d_ff)
        self.norm1, self.norm2, self.norm3 = norm(d_model), norm(d_model), norm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, memory, target_mask=None, source_mask=None, cache=None):
        x = self.around(self.norm1, x, lambda q: self.self_attention(q, q, q, target_mask, cache)[0])
        causal = torch.ones(x.shape[1], memory.shape[1], dtype=torch.bool, device=x.device).tril()
        x = self.around(self.norm2, x, lambda q: self.cross_attention(q, memory, memory, causal)[0])
        return self.around(self.norm3, x, self.feed_forward)

    def around(self, norm, x, sublayer):
        if CONVENTIONS["norm"] == "pre":
            return x + self.dropout(sublayer(norm(x)))
        return norm(x + self.dropout(sublayer(x)))
