"""The whole transformer, put together from its parts."""

from collections.abc import Callable
from typing import Any

from jaxtyping import Float, Int, Shaped
from torch import Tensor, nn


class Transformer(nn.Module):
    """Read a sentence with a stack of encoder layers, say another with a stack of decoder layers.

        in(ids)  = dropout(embeddings(ids) + positions)
        memory   = encoder layers, one upon the other, of in(source)
        logits   = target_embeddings.logits(decoder layers of in(target), each with the memory)

    Where `final_norm` is given, each stack ends with one (pre-norm layers need it). With `shared` both sides have one
    vocabulary and one Embeddings. With `caches`, one dict per decoder layer, `target` goes on where the calls before
    ended, its positions too.

    Shapes: source (B, n), target (B, m) of int64, source_mask broadcasts to (B, h, ., n), target_mask to (B, h, m, m),
    memory (B, n, d), logits (B, m, V).
    Parts: embeddings(num_tokens, d_model), positions(n, d_model) -> (n, d_model), encoder_layer and decoder_layer
    (d_model, num_heads, d_ff, dropout), final_norm(d_model).
    Vaswani et al. 2017 (1706.03762), section 3 and figure 1; dropout on the sums: section 5.4.
    """

    def __init__(
        self,
        source_tokens: int,
        target_tokens: int,
        d_model: int,
        num_heads: int,
        d_ff: int,
        num_layers: int,
        dropout: float,
        *,
        embeddings: Callable[..., nn.Module],
        positions: Callable[[int, int], Tensor],
        encoder_layer: Callable[..., nn.Module],
        decoder_layer: Callable[..., nn.Module],
        final_norm: Callable[..., nn.Module] | None = None,
        shared: bool = False,
    ) -> None:
        super().__init__()
        self.d_model, self.positions = d_model, positions
        self.source_embeddings = embeddings(source_tokens, d_model)
        self.target_embeddings = self.source_embeddings if shared else embeddings(target_tokens, d_model)
        sizes = (d_model, num_heads, d_ff, dropout)
        self.encoder = nn.ModuleList(encoder_layer(*sizes) for _ in range(num_layers))
        self.decoder = nn.ModuleList(decoder_layer(*sizes) for _ in range(num_layers))
        self.encoder_norm = final_norm(d_model) if final_norm else nn.Identity()
        self.decoder_norm = final_norm(d_model) if final_norm else nn.Identity()
        self.dropout = nn.Dropout(dropout)

    def forward(
        self,
        source: Int[Tensor, "B n"],
        target: Int[Tensor, "B m"],
        source_mask: Shaped[Tensor, "..."] | None = None,
        target_mask: Shaped[Tensor, "..."] | None = None,
    ) -> Float[Tensor, "B m V"]:
        return self.decode(target, self.encode(source, source_mask), target_mask, source_mask)

    def encode(
        self, source: Int[Tensor, "B n"], source_mask: Shaped[Tensor, "..."] | None = None
    ) -> Float[Tensor, "B n d"]:
        """The memory: what the decoder looks at."""
        x = self._placed(self.source_embeddings(source), 0)
        for layer in self.encoder:
            x = layer(x, source_mask)
        return self.encoder_norm(x)

    def decode(
        self,
        target: Int[Tensor, "B m"],
        memory: Float[Tensor, "B n d"],
        target_mask: Shaped[Tensor, "..."] | None = None,
        source_mask: Shaped[Tensor, "..."] | None = None,
        caches: list[dict[str, Tensor]] | None = None,
    ) -> Float[Tensor, "B m V"]:
        """The scores of the token that follows each position of the target."""
        start = caches[0]["k"].shape[2] if caches and caches[0] else 0
        x = self._placed(self.target_embeddings(target), start)
        for layer, cache in zip(self.decoder, caches or [None] * len(self.decoder), strict=True):
            x = layer(x, memory, target_mask, source_mask, cache)
        embeddings: Any = self.target_embeddings
        return embeddings.logits(self.decoder_norm(x))

    def _placed(self, x: Float[Tensor, "B n d"], start: int) -> Float[Tensor, "B n d"]:
        positions = self.positions(start + x.shape[1], self.d_model)[start:]  # (n, d)
        return self.dropout(x + positions.to(x))
