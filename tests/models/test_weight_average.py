import copy

import pytest
import torch
from torch import nn

from models.placement import Placement
from models.weight_average import WeightAverage
from models.weight_update import WeightUpdate


def test_the_mean_is_the_formulas_weight_by_weight():
    model = nn.Linear(1, 1, bias=False)
    average = WeightAverage(model, decay=0.3)
    expected = model.weight.item()
    for step in range(1, 8):
        with torch.no_grad():
            model.weight.fill_(float(step * step))
        average.update()
        decay = min(0.3, step / (step + 9))
        expected = decay * expected + (1 - decay) * step * step
    average.copy_into_model()
    assert model.weight.item() == pytest.approx(expected, rel=1e-6)


def test_a_restored_mean_goes_on_as_if_it_had_never_been_left():
    model = nn.Linear(3, 2)
    average = WeightAverage(model, decay=0.9)
    average.update()
    saved, again = copy.deepcopy(average.state()), WeightAverage(copy.deepcopy(model), decay=0.9)
    again.model = model
    again.restore(saved)
    with torch.no_grad():
        model.weight.add_(1.0)
    for each in (average, again):
        each.update()
    assert torch.equal(average.state()["averages"]["weight"], again.state()["averages"]["weight"])
    assert average.steps == again.steps == 2


@pytest.mark.parametrize("decay", [0.0, 0.9])
def test_a_step_is_the_optimisers_and_the_mean_is_kept_only_where_asked(decay):
    model = nn.Linear(1, 1, bias=False)
    updating = WeightUpdate(
        model, torch.optim.SGD(model.parameters(), lr=1.0), "float32", decay, Placement(torch.device("cpu"))
    )
    before = model.weight.item()
    updating.apply(3.0 * model.weight.sum(), rate=0.5)
    assert model.weight.item() == pytest.approx(before - 1.5)
    assert set(updating.state()) == ({"average"} if decay else set())
