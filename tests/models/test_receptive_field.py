"""The counts are held against torch's layers, against gradients, and against numbers that papers print."""

import itertools
from typing import Any

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from models.receptive_field import receptive_field
from models.resnet import ResNet


def conv(out_channels: int, kernel_size: int, **more: Any) -> dict[str, Any]:
    return {"kind": "conv", "out_channels": out_channels, "kernel_size": kernel_size, **more}


def pool(kernel_size: int, **more: Any) -> dict[str, Any]:
    return {"kind": "pool", "kernel_size": kernel_size, **more}


NORM, RELU = {"kind": "norm"}, {"kind": "relu"}
MIXED = [
    conv(5, 3, stride=2, padding=1, bias=False),
    NORM,
    RELU,
    pool(2),
    conv(4, 2, dilation=3),
    pool(3, stride=1, padding=1),
    conv(3, 3, stride=3, padding=2, dilation=2),
    NORM,
]


def torchs_layer(layer: dict[str, Any], channels: int) -> nn.Module:
    options = {name: value for name, value in layer.items() if name not in ("kind", "kernel_size", "out_channels")}
    if layer["kind"] == "conv":
        return nn.Conv2d(channels, layer["out_channels"], layer["kernel_size"], **options)
    if layer["kind"] == "pool":
        return nn.MaxPool2d(layer["kernel_size"], **options)
    return nn.BatchNorm2d(channels) if layer["kind"] == "norm" else nn.ReLU()


def resnet(n: int) -> list[dict[str, Any]]:
    """The 6 n + 2 layers of section 4.2 in a row; shortcut A has no parameters and no products."""
    convs = [conv(16, 3, padding=1, bias=False)]
    for stage, width in enumerate((16, 32, 64)):
        strides = [2 if stage > 0 else 1] + [1] * (2 * n - 1)
        convs += [conv(width, 3, stride=stride, padding=1, bias=False) for stride in strides]
    body = itertools.chain.from_iterable((layer, NORM, RELU) for layer in convs)
    return [*body, pool(8), conv(10, 1)]  # the last layer reads one pixel: a linear layer


def vgg16() -> list[dict[str, Any]]:
    """Configuration D; its linear layers are convolutions as large as what they read."""
    layers: list[dict[str, Any]] = []
    for width, depth in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        layers += [conv(width, 3, padding=1)] * depth + [pool(2)]
    return [*layers, conv(4096, 7), conv(4096, 1), conv(1000, 1)]


ALEXNET = [
    conv(64, 11, stride=4, padding=2),
    pool(3, stride=2),
    conv(192, 5, padding=2),
    pool(3, stride=2),
    conv(384, 3, padding=1),
    conv(256, 3, padding=1),
    conv(256, 3, padding=1),
    pool(3, stride=2),
]


def total(rows: list[dict[str, Any]], what: str) -> int:
    return sum(row[what] for row in rows)


@pytest.mark.parametrize(("height", "width"), [(37, 52), (64, 41)])
def test_shapes_and_parameters_are_those_of_torchs_layers(height: int, width: int):
    x = torch.zeros(1, 2, height, width)
    for layer, row in zip(MIXED, receptive_field(MIXED, 2, height, width), strict=True):
        module = torchs_layer(layer, x.shape[1])
        x = module(x)
        assert row["shape"] == tuple(x.shape[1:])
        assert row["parameters"] == sum(parameter.numel() for parameter in module.parameters())


def test_the_field_is_what_a_gradient_reaches_and_the_jump_what_the_next_output_moves_it_by():
    # An average is a window that looks at all of its pixels; positive weights cancel nothing.
    windows = [layer for layer in MIXED if layer["kind"] in ("conv", "pool")]
    rows = receptive_field(windows, 1, 160, 160)
    for count, row in enumerate(rows, 1):
        reached = [reached_rows(windows[:count], at) for at in (0, 1)]
        assert reached[0][1] - reached[0][0] + 1 == row["field"]
        assert reached[1][0] - reached[0][0] == row["jump"]


def reached_rows(windows: list[dict[str, Any]], at: int) -> tuple[int, int]:
    """First and last input row on which the output in the middle (plus `at` rows) depends."""
    x = torch.ones(1, 1, 160, 160, dtype=torch.float64, requires_grad=True)
    y = x
    for window in windows:
        stride = window.get("stride", window["kernel_size"] if window["kind"] == "pool" else 1)
        kernel = torch.ones(1, 1, window["kernel_size"], window["kernel_size"], dtype=torch.float64)
        options = {"stride": stride, "padding": window.get("padding", 0), "dilation": window.get("dilation", 1)}
        y = nn.functional.conv2d(y, kernel, **options)
    middle = y.shape[2] // 2
    (gradient,) = torch.autograd.grad(y[0, 0, middle + at, middle], x)
    touched = gradient[0, 0].sum(dim=1).nonzero().flatten()
    return int(touched[0]), int(touched[-1])


def test_multiply_adds_are_half_of_the_operations_that_torch_counts_when_it_runs():
    x = torch.zeros(1, 2, 37, 52)
    for layer, row in zip(MIXED, receptive_field(MIXED, 2, 37, 52), strict=True):
        with FlopCounterMode(display=False) as counter:
            x = torchs_layer(layer, x.shape[1])(x)
        assert 2 * row["macs"] == counter.get_total_flops()
    assert total(receptive_field(MIXED, 2, 37, 52), "macs") > 0


@pytest.mark.parametrize(("n", "parameters"), [(3, 269_722), (5, 464_154), (7, 658_586), (9, 853_018), (18, 1_727_962)])
def test_the_residual_nets_have_the_parameters_of_the_paper(n: int, parameters: int):
    assert total(receptive_field(resnet(n), 3, 32, 32), "parameters") == parameters


@pytest.mark.parametrize(("n", "millions"), [(3, "0.27"), (5, "0.46"), (7, "0.66"), (9, "0.85"), (18, "1.7")])
def test_they_round_to_what_table_6_prints(n: int, millions: str):
    found = total(receptive_field(resnet(n), 3, 32, 32), "parameters") / 1e6
    assert f"{found:.{len(millions) - 2}f}" == millions


def test_a_row_of_layers_has_as_many_parameters_as_our_residual_net():
    ours = sum(parameter.numel() for parameter in ResNet((2, 2, 2)).parameters())
    assert total(receptive_field(resnet(2), 3, 32, 32), "parameters") == ours


def test_vgg_16_has_138_million_parameters_and_a_field_of_212_pixels():
    rows = receptive_field(vgg16(), 3, 224, 224)
    assert total(rows, "parameters") == 138_357_544
    assert rows[-1]["shape"] == (1000, 1, 1)
    last_pool = rows[17]
    assert (last_pool["shape"], last_pool["field"], last_pool["jump"]) == ((512, 7, 7), 212, 32)


def test_alexnets_last_pool_sees_195_pixels_in_steps_of_32():
    last = receptive_field(ALEXNET, 3, 224, 224)[-1]
    assert (last["shape"], last["field"], last["jump"]) == ((256, 6, 6), 195, 32)


def test_three_small_kernels_see_what_a_large_one_sees_for_27_to_49():
    small = receptive_field([conv(8, 3, padding=1, bias=False)] * 3, 8, 16, 16)
    (large,) = receptive_field([conv(8, 7, padding=3, bias=False)], 8, 16, 16)
    assert small[-1]["field"] == large["field"] == 7
    assert total(small, "parameters") * 49 == large["parameters"] * 27
    assert total(small, "macs") * 49 == large["macs"] * 27


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_window_that_does_not_fit_is_refused_whatever_the_stride(stride: int):
    fits = receptive_field([pool(5, stride=stride)], 1, 5, 9)
    assert fits[0]["shape"][1] == 1
    with pytest.raises(ValueError, match="does not fit"):
        receptive_field([pool(5, stride=stride)], 1, 4, 9)


def test_an_unknown_kind_is_named():
    with pytest.raises(ValueError, match="'dropout'"):
        receptive_field([{"kind": "dropout"}], 1, 4, 4)
