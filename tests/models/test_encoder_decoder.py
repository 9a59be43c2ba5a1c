from functools import partial
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from models.attention import attention
from models.decoder_layer import DecoderLayer
from models.embeddings import Embeddings
from models.encoder_decoder import Transformer
from models.encoder_layer import EncoderLayer
from models.feed_forward import FeedForward
from models.layer_norm import LayerNorm
from models.masks import padding_mask, target_mask
from models.multi_head_attention import MultiHeadAttention
from models.positional_encoding import positional_encoding

D, HEADS, D_FF, LAYERS, PAD = 8, 2, 12, 3, 0
SIZES = (11, 13, D, HEADS, D_FF, LAYERS)


def parts(order: str = "post") -> dict[str, Any]:
    inner: Any = ((lambda d, h: MultiHeadAttention(d, h, attention)), FeedForward, LayerNorm)
    return {
        "embeddings": Embeddings,
        "positions": positional_encoding,
        "encoder_layer": lambda *sizes: EncoderLayer(*sizes, *inner, order=order),
        "decoder_layer": lambda *sizes: DecoderLayer(*sizes, *inner, order=order),
    }


def model(order: str = "post", dropout: float = 0.0, **options: Any) -> Transformer:
    torch.manual_seed(1706)
    made = Transformer(*SIZES, dropout, **parts(order), **options).double()
    for value in made.parameters():
        nn.init.normal_(value, std=0.4)
    return made


def pairs() -> tuple[Tensor, Tensor]:
    """Three sentences; the second source and the third target are filled up with padding."""
    generator = torch.Generator().manual_seed(4)
    source = torch.randint(1, SIZES[0], (3, 6), generator=generator)
    target = torch.randint(1, SIZES[1], (3, 5), generator=generator)
    source[1, 4:] = target[2, 3:] = PAD
    return source, target


def torchs_stacks(mine: Transformer, final: bool) -> nn.Transformer:
    """nn.Transformer with the same numbers, and with norms at the stacks' ends only where they are asked for."""
    options: dict[str, Any] = {"dropout": 0.0, "batch_first": True, "norm_first": final, "dtype": torch.float64}
    norm = partial(nn.LayerNorm, D, dtype=torch.float64)
    encoder = nn.TransformerEncoder(
        nn.TransformerEncoderLayer(D, HEADS, D_FF, **options), LAYERS, norm() if final else None, False
    )
    decoder = nn.TransformerDecoder(
        nn.TransformerDecoderLayer(D, HEADS, D_FF, **options), LAYERS, norm() if final else None
    )
    twin = nn.Transformer(D, HEADS, custom_encoder=encoder, custom_decoder=decoder, batch_first=True)
    state = {name: torch.zeros_like(value) for name, value in twin.state_dict().items()}
    names = {"feed_forward.w_1": "linear1", "feed_forward.w_2": "linear2"}
    attentions = {"self_attention": "self_attn", "cross_attention": "multihead_attn"}
    for name, value in mine.state_dict().items():
        stack, _, rest = name.partition(".")
        number, _, part = rest.partition(".")
        owner, _, last = part.rpartition(".")
        if stack.endswith("_norm"):
            state[f"{stack.removesuffix('_norm')}.norm.{rest}"] = value
        elif "attention" in owner:
            kind, _, matrix = owner.partition(".")
            into = state[f"{stack}.layers.{number}.{attentions[kind]}."
                         + ("out_proj.weight" if matrix == "w_o" else "in_proj_weight")]  # fmt: skip
            row = 0 if matrix == "w_o" else "qkv".index(matrix[-1]) * D
            into[row : row + D] = value
        elif stack in ("encoder", "decoder"):
            state[f"{stack}.layers.{number}.{names.get(owner, owner)}.{last}"] = value
    twin.load_state_dict(state)
    return twin


@pytest.mark.parametrize("final", [False, True])
def test_it_is_torchs_transformer_with_the_same_weights(final: bool):
    mine = model("pre" if final else "post", final_norm=LayerNorm if final else None)
    source, target = pairs()
    logits = mine(source, target, padding_mask(source, PAD), target_mask(target, PAD))
    numbers = mine.state_dict()
    vectors = [
        numbers[f"{side}_embeddings.weight"][ids] * D**0.5 + positional_encoding(ids.shape[1], D)
        for side, ids in (("source", source), ("target", target))
    ]
    seen = torchs_stacks(mine, final)(
        *vectors,
        tgt_mask=torch.ones(5, 5, dtype=torch.bool).triu(1),
        src_key_padding_mask=source == PAD,
        memory_key_padding_mask=source == PAD,
        tgt_key_padding_mask=target == PAD,
    )
    torch.testing.assert_close(logits, seen @ numbers["target_embeddings.weight"].T)


def test_the_papers_base_model_has_63_045_632_parameters():
    with torch.device("meta"):
        base = Transformer(37_000, 37_000, 512, 8, 2048, 6, 0.1, **parts(), shared=True)
    d, d_ff = 512, 2048
    feed_forward, norm, heads = 2 * d * d_ff + d_ff + d, 2 * d, 4 * d * d
    by_hand = 37_000 * d + 6 * (heads + feed_forward + 2 * norm) + 6 * (2 * heads + feed_forward + 3 * norm)
    assert sum(value.numel() for value in base.parameters()) == by_hand == 63_045_632


@pytest.mark.parametrize("order", ["post", "pre"])
def test_token_by_token_with_caches_is_the_same_as_all_at_once(order: str):
    mine = model(order, final_norm=LayerNorm if order == "pre" else None)
    source, target = pairs()
    seen = padding_mask(source, PAD)
    memory, caches = mine.encode(source, seen), [{} for _ in mine.decoder]
    rows = [mine.decode(token, memory, None, seen, caches) for token in target.split(1, dim=1)]
    torch.testing.assert_close(torch.cat(rows, dim=1)[:2], mine(source, target, seen, target_mask(target, PAD))[:2])


def test_no_logit_changes_when_later_tokens_do():
    mine, (source, target) = model(), pairs()
    masks = padding_mask(source, PAD), target_mask(target, PAD)
    before, other = mine(source, target, *masks), target.clone()
    other[:, 3:] = 1
    after = mine(source, other, masks[0], target_mask(other, PAD))
    assert torch.equal(after[:, :3], before[:, :3])


def test_shared_vocabularies_are_one_object_and_the_encoder_is_read_once():
    shared = Transformer(9, 9, D, HEADS, D_FF, LAYERS, 0.0, **parts(), shared=True)
    assert shared.target_embeddings is shared.source_embeddings
    runs = []
    for layer in shared.encoder:
        layer.register_forward_hook(lambda *_: runs.append(1))
    memory = shared.encode(torch.ones(1, 3, dtype=torch.int64))
    for _ in range(4):
        shared.decode(torch.ones(1, 1, dtype=torch.int64), memory)
    assert len(runs) == LAYERS


def test_dropout_stands_on_the_sums_in_training_only():
    mine, (source, _) = model(dropout=1.0), pairs()
    x = torch.zeros(3, 6, D, dtype=torch.float64)
    mine.encoder.eval()
    for layer in mine.encoder:
        x = layer(x)
    torch.testing.assert_close(mine.encode(source), x)
    torch.testing.assert_close(mine.eval().encode(source), model().encode(source))
