"""The whole transformer, put together by you from the parts that are handed to it."""

import torch
from torch import Tensor, nn


class Transformer(nn.Module):
    """Read a sentence with a stack of encoder layers, say another with a stack of decoder layers.

        in(ids)  =  dropout(embeddings(ids) + positions)             each side by its own embeddings
        memory   =  encoder_norm(encoder layers, one upon the other, of in(source))
        logits   =  target_embeddings.logits(decoder_norm(decoder layers, one upon the other, of in(target)))

    Every decoder layer looks at the same memory: what the last encoder layer gave.

    Shapes:  source (B, n) and target (B, m) of ids, source_mask broadcasts to (B, h, n, n) and to (B, h, m, n),
             target_mask to (B, h, m, m); memory (B, n, d); logits (B, m, target_tokens), scores without a softmax
    Parts:   source_embeddings = embeddings(source_tokens, d_model) and target_embeddings = embeddings(target_tokens,
             d_model); where `shared` is true both names are one object, and target_tokens is source_tokens.
             encoder and decoder: an nn.ModuleList of num_layers each, every one made by itself with
             encoder_layer(d_model, num_heads, d_ff, dropout), decoder_layer(d_model, num_heads, d_ff, dropout).
             encoder_norm and decoder_norm by final_norm(d_model), where final_norm is given: layers with the norm first
             need them. Where it is None there is no norm, and nothing of that name in the state.
    Calls:   embeddings(ids) gives (B, n, d), scaled as they have to be; embeddings.logits(x) the scores.
             positions(n, d) gives the rows for positions 0 to n - 1, (n, d), on the CPU and in torch's default type;
             bring them to x's.
             An encoder layer takes (x, mask), a decoder layer (x, memory, target_mask, source_mask, cache).
             Masks are handed on to every layer as they are.
    Dropout: with the rate `dropout`, on each sum of embeddings and positions, in training only. The layers have theirs.
    Caches:  a list of dicts, one for each decoder layer, empty at first; or None. Each layer gets its own. `target` is
             then what follows the tokens of the calls before, and so are its positions: as many tokens were there as
             caches[0]["k"].shape[2] says, 0 while caches[0] is empty.

    decode does not run the encoder: decoding a sentence asks for the memory once. Nothing is kept from call to call.
    torch's own transformer is refused. With the paper's base sizes (d_model 512, 8 heads, d_ff 2,048, 6 layers, 37,000
    shared tokens), your parts and no final norms the model has 63,045,632 parameters.

    Vaswani et al. 2017 (arXiv 1706.03762), section 3 and figure 1; sections 3.4, 3.5 and 5.4.
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
        embeddings,
        positions,
        encoder_layer,
        decoder_layer,
        final_norm=None,
        shared: bool = False,
    ) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parts of Transformer")

    def forward(
        self, source: Tensor, target: Tensor, source_mask: Tensor | None = None, target_mask: Tensor | None = None
    ) -> Tensor:
        """The logits, (B, m, target_tokens)."""
        raise NotImplementedError("your turn: Transformer.forward")

    def encode(self, source: Tensor, source_mask: Tensor | None = None) -> Tensor:
        """The memory, (B, n, d)."""
        raise NotImplementedError("your turn: Transformer.encode")

    def decode(
        self,
        target: Tensor,
        memory: Tensor,
        target_mask: Tensor | None = None,
        source_mask: Tensor | None = None,
        caches: list[dict[str, Tensor]] | None = None,
    ) -> Tensor:
        """The logits of the token that follows each position of the target, (B, m, target_tokens)."""
        raise NotImplementedError("your turn: Transformer.decode")
