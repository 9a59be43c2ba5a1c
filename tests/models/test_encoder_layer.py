import pytest
import torch
from torch import Tensor, nn

from models.attention import attention
from models.encoder_layer import EncoderLayer
from models.feed_forward import FeedForward
from models.layer_norm import LayerNorm
from models.multi_head_attention import MultiHeadAttention

D, HEADS, D_FF = 12, 3, 20


def layer(order: str, dropout: float = 0.0, norm: type[nn.Module] = LayerNorm) -> EncoderLayer:
    torch.manual_seed(1706)
    made = EncoderLayer(
        D, HEADS, D_FF, dropout, lambda d, h: MultiHeadAttention(d, h, attention), FeedForward, norm, order=order
    ).double()
    for value in made.parameters():
        nn.init.normal_(value, std=0.5)
    return made


def twin_of(layer: EncoderLayer) -> nn.TransformerEncoderLayer:
    """torch's layer with the same numbers; it keeps one matrix for q, k and v, and has biases, here 0."""
    twin = nn.TransformerEncoderLayer(
        D, HEADS, D_FF, dropout=0.0, batch_first=True, norm_first=layer.order == "pre", dtype=torch.float64
    )
    state = {name: torch.zeros_like(value) for name, value in twin.state_dict().items()}
    mine = layer.state_dict()
    state["self_attn.in_proj_weight"] = torch.cat([mine[f"self_attention.w_{name}.weight"] for name in "qkv"])
    state["self_attn.out_proj.weight"] = mine["self_attention.w_o.weight"]
    for theirs, ours in (
        ("linear1", "feed_forward.w_1"),
        ("linear2", "feed_forward.w_2"),
        ("norm1",) * 2,
        ("norm2",) * 2,
    ):
        state |= {f"{theirs}.{kind}": mine[f"{ours}.{kind}"] for kind in ("weight", "bias")}
    twin.load_state_dict(state)
    return twin


def sentences() -> tuple[Tensor, Tensor]:
    """Three of five tokens each, the first two filled up with padding; True may be seen."""
    x = torch.randn(3, 5, D, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
    keep = torch.ones(3, 5, dtype=torch.bool)
    keep[0, 3:] = keep[1, 4:] = False
    return x, keep


@pytest.mark.parametrize("order", ["post", "pre"])
def test_it_is_torchs_layer_with_the_same_weights_gradients_included(order: str):
    mine = layer(order)
    twin, (x, keep) = twin_of(mine), sentences()
    results = []
    for run in (lambda x: mine(x, keep[:, None, None, :]), lambda x: twin(x, src_key_padding_mask=~keep)):
        leaf = x.clone().requires_grad_()
        y = run(leaf) * keep[..., None]
        results.append((y, *torch.autograd.grad(y.pow(3).sum(), leaf)))
    for ours, theirs in zip(*results, strict=True):
        torch.testing.assert_close(ours, theirs)


@pytest.mark.parametrize("order", ["post", "pre"])
def test_a_mask_for_each_query_is_torchs_too(order: str):
    mine, (x, _) = layer(order), sentences()
    causal = torch.ones(5, 5, dtype=torch.bool).tril()
    torch.testing.assert_close(mine(x, causal), twin_of(mine)(x, src_mask=~causal))


def test_with_all_dropped_only_the_norms_are_left():
    x, _ = sentences()
    post, pre = layer("post", dropout=1.0), layer("pre", dropout=1.0)
    torch.testing.assert_close(post(x), post.norm2(post.norm1(x)))
    assert torch.equal(pre(x), x)


def test_dropout_takes_its_share_in_training_only():
    x, _ = sentences()
    dropping, keeping = layer("pre", dropout=0.4), layer("pre")
    assert torch.equal(dropping.eval()(x), keeping(x))
    assert not torch.equal(dropping.train()(x), keeping(x))


def test_torchs_norm_fits_as_well():
    x, _ = sentences()
    torch.testing.assert_close(layer("post", norm=nn.LayerNorm)(x), layer("post")(x))
