"""Only the decoder's stack ends with a norm. The memory is what every decoder layer looks at: its sums need one too."""

from torch import nn

EQUATION = "memory = encoder layers of in(source)"
HINT = 2


class Transformer(nn.Module):
    def __init__(
        self, source_tokens, target_tokens, d_model, num_heads, d_ff, num_layers, dropout, *,
        embeddings, positions, encoder_layer, decoder_layer, final_norm=None, shared=False,
    ):  # fmt: skip
        super().__init__()
        self.d_model, self.positions = d_model, positions
        self.source_embeddings = embeddings(source_tokens, d_model)
        self.target_embeddings = self.source_embeddings if shared else embeddings(target_tokens, d_model)
        sizes = d_model, num_heads, d_ff, dropout
        self.encoder = nn.ModuleList([encoder_layer(*sizes) for _ in range(num_layers)])
        self.decoder = nn.ModuleList([decoder_layer(*sizes) for _ in range(num_layers)])
        self.encoder_norm = nn.Identity()
        self.decoder_norm = final_norm(d_model) if final_norm else nn.Identity()
        self.dropout = nn.Dropout(dropout)

    def forward(self, source, target, source_mask=None, target_mask=None):
        return self.decode(target, self.encode(source, source_mask), target_mask, source_mask)

    def encode(self, source, source_mask=None):
        x = self.place(self.source_embeddings(source), 0)
        for layer in self.encoder:
            x = layer(x, source_mask)
        return self.encoder_norm(x)

    def decode(self, target, memory, target_mask=None, source_mask=None, caches=None):
        start = caches[0]["k"].shape[2] if caches and caches[0] else 0
        x = self.place(self.target_embeddings(target), start)
        for layer, cache in zip(self.decoder, caches or [None] * len(self.decoder)):
            x = layer(x, memory, target_mask, source_mask, cache)
        return self.target_embeddings.logits(self.decoder_norm(x))

    def place(self, x, start):
        rows = self.positions(start + x.shape[1], self.d_model)[start:]
        return self.dropout(x + rows.to(x))
