"""Layers added one at a time and found by their numbers; positions picked by index; dropout a module on either side."""

import torch
from torch import nn


class Transformer(nn.Module):
    def __init__(
        self, source_tokens, target_tokens, d_model, num_heads, d_ff, num_layers, dropout, *,
        embeddings, positions, encoder_layer, decoder_layer, final_norm=None, shared=False,
    ):  # fmt: skip
        super().__init__()
        self.n, self.d, self.make_positions = num_layers, d_model, positions
        self.source_dropout, self.target_dropout = nn.Dropout(p=dropout), nn.Dropout(p=dropout)
        self.target_embeddings = embeddings(target_tokens, d_model)
        self.source_embeddings = self.target_embeddings if shared else embeddings(source_tokens, d_model)
        self.encoder, self.decoder = nn.ModuleList(), nn.ModuleList()
        for _ in range(num_layers):
            self.encoder.append(encoder_layer(d_model, num_heads, d_ff, dropout))
            self.decoder.append(decoder_layer(d_model, num_heads, d_ff, dropout))
        self.encoder_norm = self.decoder_norm = None
        if final_norm:
            self.encoder_norm = final_norm(d_model)
            self.decoder_norm = final_norm(d_model)

    def encode(self, source, source_mask=None):
        x = self.source_embeddings(source)
        x = torch.add(x, self.make_positions(source.shape[1], self.d).to(x))
        x = self.source_dropout(x)
        for number in range(self.n):
            x = self.encoder[number](x, source_mask)
        return x if self.encoder_norm is None else self.encoder_norm(x)

    def decode(self, target, memory, target_mask=None, source_mask=None, caches=None):
        x = self.target_embeddings(target)
        said = 0 if not caches or not caches[0] else caches[0]["k"].shape[-2]
        places = torch.arange(said, said + target.shape[1])
        x = self.target_dropout(torch.add(x, self.make_positions(said + target.shape[1], self.d)[places].to(x)))
        for number in range(self.n):
            cache = None if caches is None else caches[number]
            x = self.decoder[number](x, memory, target_mask, source_mask, cache)
        if self.decoder_norm is not None:
            x = self.decoder_norm(x)
        return self.target_embeddings.logits(x)

    def forward(self, source, target, source_mask=None, target_mask=None):
        return self.decode(target, self.encode(source, source_mask), target_mask, source_mask)
