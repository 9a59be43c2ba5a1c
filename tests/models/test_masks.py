import math

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from models.masks import causal_mask, padding_mask, target_mask

PAD = 3
IDS = torch.tensor([[3, 5, 0, 3], [7, 3, 1, 2], [3, 3, 3, 3]])


def seen(mask: Tensor, kind: str) -> Tensor:
    return {"keep": mask, "hide": mask == 0, "additive": mask == 0}[kind]


def test_padding_is_hidden_wherever_it_stands():
    expected = [[False, True, True, False], [True, False, True, True], [False] * 4]
    assert padding_mask(IDS, PAD).tolist() == [[[row]] for row in expected]


def test_of_three_positions_each_sees_itself_and_those_before():
    rows = [[True, False, False], [True, True, False], [True, True, True]]
    assert causal_mask(3).tolist() == [[rows]]


@pytest.mark.parametrize("n", [1, 2, 7])
def test_what_is_added_for_order_is_torch_s(n: int):
    theirs = nn.Transformer.generate_square_subsequent_mask(n)
    assert torch.equal(causal_mask(n, polarity="additive"), theirs[None, None])


@pytest.mark.parametrize("kind", ["keep", "hide", "additive"])
def test_pair_by_pair_every_kind_lets_the_same_be_seen(kind: str):
    mask = seen(target_mask(IDS, PAD, polarity=kind), kind)
    assert mask.shape == (3, 1, 4, 4)
    for b, ids in enumerate(IDS.tolist()):
        for t in range(4):
            assert mask[b, 0, t].tolist() == [s <= t and ids[s] != PAD for s in range(4)]


def test_kinds_have_the_dtypes_that_attention_reads():
    kinds = {"keep": torch.bool, "hide": torch.bool, "additive": torch.get_default_dtype()}
    for kind, dtype in kinds.items():
        masks = (
            padding_mask(IDS, PAD, polarity=kind),
            causal_mask(2, polarity=kind),
            target_mask(IDS, PAD, polarity=kind),
        )
        assert {mask.dtype for mask in masks} == {dtype}


def test_torch_s_attention_takes_keep_and_additive_alike():
    q = torch.randn(2, 5, 4, 8, generator=torch.Generator().manual_seed(0))
    outputs = [
        functional.scaled_dot_product_attention(q, q, q, attn_mask=target_mask(IDS[1:2], PAD, polarity=kind))
        for kind in ("keep", "additive")
    ]
    assert torch.allclose(outputs[0], outputs[1])


def test_torch_s_layer_reads_hide_and_no_gradient_goes_to_a_later_token():
    torch.manual_seed(0)
    layer = nn.MultiheadAttention(8, 2, batch_first=True)
    x = torch.randn(1, 4, 8, requires_grad=True)
    hidden = target_mask(IDS[1:2], PAD, polarity="hide")[0, 0]
    layer(x, x, x, attn_mask=hidden)[0][0, 2].sum().backward()
    assert x.grad is not None
    assert (x.grad[0].abs().sum(-1) > 0).tolist() == [True, False, True, False]


def test_all_of_it_lies_on_the_device_of_the_ids():
    ids = IDS.to("meta")
    assert {mask.device.type for mask in (padding_mask(ids, PAD), target_mask(ids, PAD))} == {"meta"}


def test_additive_masks_hold_nothing_but_0_and_minus_infinity():
    assert set(target_mask(IDS, PAD, polarity="additive").flatten().tolist()) == {0.0, -math.inf}
