import pytest
import torch

from models import precision
from models.device_limits import refuse_what_the_device_cannot
from models.precision import autocast, resolved_precision
from models.presets import PresetRefused

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


def test_float16_is_refused_off_cuda_with_what_to_do():
    with pytest.raises(PresetRefused, match="precision=bfloat16, or --device cuda"):
        refuse_what_the_device_cannot({"precision": "float16"}, "cpu")
    refuse_what_the_device_cannot({"precision": "float16"}, "cuda:1")
    refuse_what_the_device_cannot({"precision": "bfloat16"}, "cpu")
