import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from lessons.figures.stack_against_one import FIELDS, StackAgainstOne, kernels_of

ROOT = Path(__file__).resolve().parents[3]
CHOICES = [(field, layers) for field in FIELDS for layers in range(1, (field - 1) // 2 + 1)]


@pytest.mark.parametrize(("field", "layers"), CHOICES)
def test_the_counts_are_those_of_a_real_stack_of_torchs_layers(field: int, layers: int):
    state = StackAgainstOne(field, layers, channels=4, size=13)
    stack = state.chosen
    net = nn.Sequential()
    for kernel in stack.kernels:
        net.extend([nn.Conv2d(4, 4, kernel, padding=kernel // 2, bias=False), nn.ReLU()])
    kept = []
    for part in net:
        if isinstance(part, nn.Conv2d):
            part.register_forward_hook(lambda _part, _inputs, y: kept.append(y.numel()))
    net(torch.randn(1, 4, 13, 13))
    assert len(stack.kernels) == layers == stack.non_linearities == len(kept)
    assert stack.parameters == sum(weight.numel() for weight in net.parameters())
    assert stack.multiply_adds == stack.parameters * 13 * 13  # every weight is used once at every position
    assert stack.kept == sum(kept)


@pytest.mark.parametrize(("field", "layers"), CHOICES)
def test_the_gradient_of_one_output_reaches_exactly_the_field(field: int, layers: int):
    stack = StackAgainstOne(field, layers).chosen
    x = torch.zeros(1, 1, 15, 15, dtype=torch.float64, requires_grad=True)
    y = x
    for place, kernel in enumerate(stack.kernels):
        ones = torch.ones(1, 1, kernel, kernel, dtype=torch.float64)
        y = nn.functional.conv2d(y, ones, padding=kernel // 2)
        (seen,) = torch.autograd.grad(y[0, 0, 7, 7], x, retain_graph=True)
        assert int((seen[0, 0] != 0).any(dim=0).sum()) == stack.fields[place]
    assert stack.fields[-1] == field


def test_three_layers_of_3x3_need_27_c_squared_weights_where_one_7x7_needs_49():
    state = StackAgainstOne(field=7, layers=3, channels=64)
    assert state.chosen.kernels == (3, 3, 3)
    assert (state.chosen.parameters, state.one.parameters) == (27 * 64**2, 49 * 64**2)


@pytest.mark.parametrize("field", FIELDS)
def test_every_layer_more_makes_a_stack_cheaper_and_its_kernels_are_odd(field: int):
    stacks = StackAgainstOne(field, 1).stacks
    counts = [stack.parameters for stack in stacks]
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == len(counts)
    assert all(kernel % 2 for stack in stacks for kernel in stack.kernels)
    assert kernels_of(field, len(stacks)) == (3,) * len(stacks)


@pytest.mark.parametrize(("field", "layers"), [(8, 1), (13, 1), (7, 0), (7, 4)])
def test_a_field_or_a_number_of_layers_that_is_not_there_is_refused(field: int, layers: int):
    with pytest.raises(ValueError, match="field"):
        StackAgainstOne(field, layers)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.stack_against_one as s; s.StackAgainstOne().stacks; "
    code += "sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
