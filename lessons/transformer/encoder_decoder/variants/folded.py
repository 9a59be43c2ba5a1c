"""Stacks folded by reduce, and dropout from numbers that the model draws itself."""

from functools import reduce

import torch
from torch import nn


class Transformer(nn.Module):
    def __init__(self, source_tokens, target_tokens, d_model, num_heads, d_ff, num_layers, dropout, **parts):
        super().__init__()
        stack = d_model, num_heads, d_ff, dropout
        for side, tokens in (("source", source_tokens), ("target", target_tokens)):
            setattr(self, f"{side}_embeddings", parts["embeddings"](tokens, d_model))
        if parts.get("shared"):
            self.target_embeddings = self.source_embeddings
        for name in ("encoder", "decoder"):
            setattr(self, name, nn.ModuleList(parts[f"{name}_layer"](*stack) for _ in range(num_layers)))
            if parts.get("final_norm"):
                setattr(self, f"{name}_norm", parts["final_norm"](d_model))
        self.place, self.rate = parts["positions"], dropout

    def summed(self, x, before):
        rows = self.place(before + x.shape[1], x.shape[2])[-x.shape[1] :]
        x = x + rows.type(x.dtype).to(x.device)
        if not self.training or self.rate == 0:
            return x
        return x * (torch.rand_like(x) >= self.rate) / max(1 - self.rate, 1e-9)

    def encode(self, source, source_mask=None):
        x = reduce(lambda x, layer: layer(x, source_mask), self.encoder, self.summed(self.source_embeddings(source), 0))
        return self._modules.get("encoder_norm", nn.Identity())(x)

    def decode(self, target, memory, target_mask=None, source_mask=None, caches=None):
        caches = caches or [None for _ in self.decoder]
        before = caches[0]["k"].shape[2] if caches[0] else 0
        x = self.summed(self.target_embeddings(target), before)
        x = reduce(
            lambda x, pair: pair[0](x, memory, target_mask, source_mask, pair[1]), zip(self.decoder, caches), x
        )
        return self.target_embeddings.logits(self._modules.get("decoder_norm", nn.Identity())(x))

    def forward(self, source, target, source_mask=None, target_mask=None):
        return self.decode(target, self.encode(source, source_mask), target_mask, source_mask)
