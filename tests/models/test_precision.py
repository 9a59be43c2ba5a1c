import pytest
import torch

from models import precision
from models.precision import autocast, resolved_precision

CPU = torch.device("cpu")


@pytest.mark.parametrize(("has_units", "found"), [(True, "bfloat16"), (False, "float32")])
def test_auto_takes_16_bits_only_where_the_processor_has_units_for_them(has_units, found, monkeypatch):
    monkeypatch.setattr(precision, "_has_bfloat16_units", lambda _: has_units)
    assert resolved_precision("auto", CPU) == found
    assert resolved_precision("float32", CPU) == "float32"


@pytest.mark.parametrize(("name", "kind"), [("float32", torch.float32), ("bfloat16", torch.bfloat16)])
def test_products_are_taken_in_the_named_precision(name, kind):
    with autocast(name, CPU):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == kind
