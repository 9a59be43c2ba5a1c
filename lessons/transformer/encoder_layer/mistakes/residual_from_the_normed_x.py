"""x is normalised first and then added to the sublayer's output: neither post-norm (the sum is not normalised) nor pre-norm (there x itself is added). The bare x is lost at every sublayer."""

from torch import nn

EQUATION = "n + dropout(sublayer(n)),  n = norm(x)"
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
        x = self.norm1(x)
        x = x + self.dropout(self.self_attention(x, x, x, mask)[0])
        x = self.norm2(x)
        return x + self.dropout(self.feed_forward(x))
