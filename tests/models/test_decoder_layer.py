from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from models.attention import attention
from models.decoder_layer import DecoderLayer
from models.feed_forward import FeedForward
from models.layer_norm import LayerNorm
from models.multi_head_attention import MultiHeadAttention

D, HEADS, D_FF = 12, 3, 20
NAMES = {
    "linear1": "feed_forward.w_1",
    "linear2": "feed_forward.w_2",
    "norm1": "norm1",
    "norm2": "norm2",
    "norm3": "norm3",
}


def layer(order: str, dropout: float = 0.0) -> DecoderLayer:
    torch.manual_seed(1706)
    made = DecoderLayer(
        D, HEADS, D_FF, dropout, lambda d, h: MultiHeadAttention(d, h, attention), FeedForward, LayerNorm, order=order
    ).double()
    for value in made.parameters():
        nn.init.normal_(value, std=0.5)
    return made


def twin_of(layer: DecoderLayer) -> nn.TransformerDecoderLayer:
    """torch's layer with the same numbers; it keeps one matrix for q, k and v, and has biases, here 0."""
    twin = nn.TransformerDecoderLayer(
        D, HEADS, D_FF, dropout=0.0, batch_first=True, norm_first=layer.order == "pre", dtype=torch.float64
    )
    state = {name: torch.zeros_like(value) for name, value in twin.state_dict().items()}
    mine = layer.state_dict()
    for theirs, ours in (("self_attn", "self_attention"), ("multihead_attn", "cross_attention")):
        state[f"{theirs}.in_proj_weight"] = torch.cat([mine[f"{ours}.w_{name}.weight"] for name in "qkv"])
        state[f"{theirs}.out_proj.weight"] = mine[f"{ours}.w_o.weight"]
    for theirs, ours in NAMES.items():
        state |= {f"{theirs}.{kind}": mine[f"{ours}.{kind}"] for kind in ("weight", "bias")}
    twin.load_state_dict(state)
    return twin


def sentences() -> tuple[Tensor, Tensor, Tensor]:
    """Five target tokens, four of the source, of which the first sentence has three; True may be seen."""
    generator = torch.Generator().manual_seed(3)
    x, memory = (torch.randn(3, n, D, dtype=torch.float64, generator=generator) for n in (5, 4))
    keep = torch.ones(3, 4, dtype=torch.bool)
    keep[0, 3:] = False
    return x, memory, keep


def results(run: Callable[[Tensor, Tensor], Tensor], x: Tensor, memory: Tensor) -> tuple[Tensor, ...]:
    leaves = x.clone().requires_grad_(), memory.clone().requires_grad_()
    y = run(*leaves)
    return y, *torch.autograd.grad(y.pow(3).sum(), leaves)


CAUSAL = torch.ones(5, 5, dtype=torch.bool).tril()


@pytest.mark.parametrize("order", ["post", "pre"])
def test_it_is_torchs_layer_with_the_same_weights_gradients_included(order: str):
    mine = layer(order)
    twin, (x, memory, keep) = twin_of(mine), sentences()
    ours = results(lambda x, memory: mine(x, memory, CAUSAL, keep[:, None, None, :]), x, memory)
    theirs = results(lambda x, memory: twin(x, memory, ~CAUSAL, memory_key_padding_mask=~keep), x, memory)
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other)


@pytest.mark.parametrize("order", ["post", "pre"])
def test_token_by_token_with_a_cache_is_the_same_as_all_at_once(order: str):
    mine, (x, memory, keep) = layer(order), sentences()
    source_mask, cache = keep[:, None, None, :], {}
    rows = [mine(token, memory, None, source_mask, cache) for token in x.split(1, dim=1)]
    torch.testing.assert_close(torch.cat(rows, dim=1), mine(x, memory, CAUSAL, source_mask))
    assert cache["k"].shape == cache["v"].shape == (3, HEADS, 5, D // HEADS)


def test_several_tokens_at_once_go_on_from_a_cache_under_their_rows_of_the_mask():
    mine, (x, memory, _) = layer("post"), sentences()
    cache = {}
    pieces = [mine(x[:, a:b], memory, CAUSAL[a:b, :b], None, cache) for a, b in ((0, 2), (2, 5))]
    torch.testing.assert_close(torch.cat(pieces, dim=1), mine(x, memory, CAUSAL))


@pytest.mark.parametrize("order", ["post", "pre"])
def test_no_token_has_a_gradient_by_a_later_one(order: str):
    mine, (x, memory, _) = layer(order), sentences()
    leaf = x.requires_grad_()
    y = mine(leaf, memory, CAUSAL)
    for t in range(5):
        gradient = torch.autograd.grad(y[:, t].pow(3).sum(), leaf, retain_graph=True)[0]
        assert torch.equal(gradient[:, t + 1 :], torch.zeros_like(gradient[:, t + 1 :]))
        assert (gradient[:, : t + 1].abs().sum(-1) > 0).all()


def test_with_all_dropped_only_the_norms_are_left():
    x, memory, _ = sentences()
    post, pre = layer("post", dropout=1.0), layer("pre", dropout=1.0)
    torch.testing.assert_close(post(x, memory), post.norm3(post.norm2(post.norm1(x))))
    assert torch.equal(pre(x, memory), x)
