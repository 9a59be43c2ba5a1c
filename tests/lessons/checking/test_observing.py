import sys
from types import ModuleType

import pytest
import torch
from torch import Tensor, nn

from lessons.checking import observing
from models.attention import attention
from models.masks import causal_mask
from models.multi_head_attention import MultiHeadAttention

KEEP = torch.tensor([[True, False], [True, True]])


def declared_as(kind: object, monkeypatch: pytest.MonkeyPatch) -> type:
    """An attention of a workspace, whose file declares what its masks mean."""
    file = ModuleType("workspace_attention")
    file.__dict__["CONVENTIONS"] = kind
    monkeypatch.setitem(sys.modules, file.__name__, file)
    return type("attention", (), {"__module__": file.__name__})


@pytest.mark.parametrize("kind", ["keep", "hide", "additive"])
def test_a_mask_is_made_as_the_learners_attention_declares_it(kind: str, monkeypatch: pytest.MonkeyPatch):
    mask = observing.as_declared(KEEP, declared_as({"mask": kind}, monkeypatch))
    x = torch.randn(2, 3)
    for row, other in zip(attention(x, x, x, mask, polarity=kind), attention(x, x, x, KEEP), strict=True):
        assert torch.equal(row, other)


@pytest.mark.parametrize("kind", [None, {}, "hide"])
def test_what_is_not_declared_is_what_may_be_seen(kind: object, monkeypatch: pytest.MonkeyPatch):
    assert observing.as_declared(KEEP, declared_as(kind, monkeypatch)) is KEEP
    assert observing.as_declared(KEEP, None) is KEEP
    assert observing.as_declared(None, declared_as({"mask": "hide"}, monkeypatch)) is None


def test_the_attention_that_layers_are_handed_is_attention_with_a_cache():
    ours, theirs = MultiHeadAttention(6, 3, attention), observing.PlainAttention(6, 3)
    theirs.load_state_dict(ours.state_dict())
    x, added = torch.randn(2, 4, 6), torch.zeros(4, 4).masked_fill(~causal_mask(4)[0, 0], -torch.inf)
    torch.testing.assert_close(theirs(x, x, x, causal_mask(4)), ours(x, x, x, causal_mask(4)))
    torch.testing.assert_close(theirs(x, x, x, added), ours(x, x, x, causal_mask(4)))
    cache: dict[str, Tensor] = {}
    rows = [theirs(row, row, row, None, cache)[0] for row in x.split(1, dim=1)]
    torch.testing.assert_close(torch.cat(rows, dim=1), ours(x, x, x, causal_mask(4))[0])


def test_numbers_of_a_state_depend_on_names_alone_even_where_two_name_one_part():
    def module(*names: str) -> nn.Linear:
        made, part = nn.Module(), nn.Linear(2, 3)
        for name in names:
            made.add_module(name, part)
        observing.set_state(made, 7)
        return part

    assert torch.equal(module("a", "b").weight, module("b", "a").weight)
    assert not torch.equal(module("a").weight, module("b").weight)


def test_a_parameter_that_is_held_by_no_part_is_told_by_its_own_name():
    module = nn.Module()
    module.register_parameter("scale", nn.Parameter(torch.ones(2)))
    module.add_module("norm", nn.LayerNorm(2))
    assert dict(observing.state_of(module))["parts that hold parameters or buffers"] == ["norm", "scale"]
