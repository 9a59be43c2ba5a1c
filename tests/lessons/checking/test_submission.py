from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import torch

from lessons.checking.submission import MissingSymbol, observed, symbol_of


@pytest.fixture
def module() -> ModuleType:
    module = ModuleType("pair")
    exec("def there(x): return x + 1\ndef back(x): return x - 1", module.__dict__)
    return module


def test_one_symbol_is_handed_over_as_it_is(module: ModuleType):
    assert symbol_of(module, ["there"])(1) == 2


def test_several_symbols_are_handed_over_by_their_names(module: ModuleType):
    pair = symbol_of(module, ["there", "back"])
    assert pair.back(pair.there(1)) == 1
    assert pair.__module__ == "pair"


def test_a_symbol_that_is_not_there_is_named(module: ModuleType):
    with pytest.raises(MissingSymbol, match='no "forth"'):
        symbol_of(module, ["there", "forth"])


def seen_after(call: Any) -> list[list[Any]]:
    """Everything that is observed of a case in which `call` is made once."""
    case = {"tensors": {}, "arguments": {}, "dtype": "float64", "meta": False}
    return observed(lambda code: iter([("result", code.call())]), SimpleNamespace(call=call), case, {})


def test_gradients_left_off_are_seen_and_do_not_reach_the_next_case():
    assert ["torch's settings changed", ["gradient mode"]] in seen_after(lambda: torch._C._set_grad_enabled(False))
    assert torch.is_grad_enabled()


def test_another_default_dtype_left_behind_is_seen_and_put_back():
    before = torch.get_default_dtype()
    assert ["torch's settings changed", ["default dtype"]] in seen_after(lambda: torch.set_default_dtype(torch.float16))
    assert torch.get_default_dtype() == before


def test_a_call_that_leaves_torch_as_it_was_shows_no_change():
    assert ["torch's settings changed", []] in seen_after(lambda: 1)
