"""A ModuleList that runs its own layers; F.dropout told whether the model trains; everything by its name."""

import torch.nn.functional as F
from torch import nn


class Stack(nn.ModuleList):
    def forward(self, x, own=None, **others):
        for number, layer in enumerate(self):
            x = layer(x, **others) if own is None else layer(x, cache=own[number], **others)
        return x


class Transformer(nn.Module):
    def __init__(
        self, source_tokens, target_tokens, d_model, num_heads, d_ff, num_layers, dropout, *,
        embeddings, positions, encoder_layer, decoder_layer, final_norm=None, shared=False,
    ):  # fmt: skip
        super().__init__()
        self.rate, self.width, self.rows = dropout, d_model, positions
        self.encoder = Stack(encoder_layer(d_model, num_heads, d_ff, dropout) for _ in range(num_layers))
        self.decoder = Stack(decoder_layer(d_model, num_heads, d_ff, dropout) for _ in range(num_layers))
        if final_norm is not None:
            self.encoder_norm, self.decoder_norm = final_norm(d_model), final_norm(d_model)
        self.source_embeddings = embeddings(num_tokens=source_tokens, d_model=d_model)
        if shared:
            self.target_embeddings = self.source_embeddings
        else:
            self.target_embeddings = embeddings(num_tokens=target_tokens, d_model=d_model)

    def ended(self, name, x):
        return getattr(self, name)(x) if hasattr(self, name) else x

    def begun(self, embeddings, ids, before=0):
        x = embeddings(ids)
        places = self.rows(before + ids.size(1), self.width).to(dtype=x.dtype, device=x.device)
        return F.dropout(x + places[before:].unsqueeze(0), self.rate, self.training)

    def encode(self, source, source_mask=None):
        return self.ended("encoder_norm", self.encoder(self.begun(self.source_embeddings, source), mask=source_mask))

    def decode(self, target, memory, target_mask=None, source_mask=None, caches=None):
        before = 0
        if caches is not None and "k" in caches[0]:
            before = caches[0]["k"].size(2)
        x = self.begun(self.target_embeddings, target, before)
        x = self.decoder(x, caches, memory=memory, target_mask=target_mask, source_mask=source_mask)
        return self.target_embeddings.logits(self.ended("decoder_norm", x))

    def forward(self, source, target, source_mask=None, target_mask=None):
        memory = self.encode(source, source_mask)
        return self.decode(target, memory, target_mask=target_mask, source_mask=source_mask)
