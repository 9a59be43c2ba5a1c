"""Nothing is normalised. The sums grow from layer to layer, softmax saturates, and training runs away at the first large step."""

from torch import nn

EQUATION = "x = x + dropout(self_attention(x, x, x)),  y = x + dropout(feed_forward(x))"
HINT = 2
CONVENTIONS = {"norm": "post"}


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.self_attention = attention(d_model, num_heads)
        self.feed_forward = feed_forward(d_model, d_ff)
        self.norm1, self.norm2 = norm(d_model), norm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask=None):
        x = x + self.dropout(self.self_attention(x, x, x, mask)[0])
        return x + self.dropout(self.feed_forward(x))
