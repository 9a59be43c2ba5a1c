from types import ModuleType

import pytest

from lessons.checking.submission import MissingSymbol, symbol_of


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
