import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import nn

from models.conv_backward import conv2d_backward

SHAPES = [  # batch, channels, kernels, height, width, kh, kw, stride, padding, dilation
    (2, 3, 4, 6, 7, 1, 5, 1, 0, 1),
    (1, 2, 5, 8, 11, 4, 3, 3, 0, 1),
    (3, 1, 2, 4, 5, 2, 3, 1, 4, 1),
    (2, 4, 1, 9, 10, 3, 2, 1, 0, 3),
    (1, 3, 2, 11, 12, 2, 5, 3, 1, 2),
    (4, 1, 1, 1, 1, 1, 1, 2, 0, 1),
]


def drawn(*shape: int, seed: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def agrees_with_autograd(sizes: tuple[int, ...]) -> None:
    batch, channels, kernels, height, width, kh, kw, *options = sizes
    x, w, b = (
        drawn(batch, channels, height, width, seed=0),
        drawn(kernels, channels, kh, kw, seed=1),
        drawn(kernels, seed=2),
    )
    leaves = image, kernel, bias = x.clone().requires_grad_(), w.clone().requires_grad_(), b.requires_grad_()
    y = nn.functional.conv2d(image, kernel, bias, *options)
    dy = drawn(*y.shape, seed=3)
    theirs = torch.autograd.grad(y, leaves, dy)
    for mine, other in zip(conv2d_backward(dy, x, w, *options), theirs, strict=True):
        torch.testing.assert_close(mine, other, rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize("sizes", SHAPES)
def test_the_gradients_are_those_of_torchs_conv2d(sizes: tuple[int, ...]):
    agrees_with_autograd(sizes)


@settings(deadline=None, max_examples=40)
@given(
    st.tuples(*[st.integers(1, 3)] * 3),
    st.tuples(*[st.integers(1, 9)] * 2),
    st.tuples(*[st.integers(1, 4)] * 2),
    st.tuples(st.integers(1, 4), st.integers(0, 4), st.integers(1, 3)),
)
def test_any_setting_gives_autograds_gradients(small, image, kernel, options):
    _, padding, dilation = options
    assume(all(side + 2 * padding > dilation * (k - 1) for side, k in zip(image, kernel, strict=True)))
    agrees_with_autograd((*small, *image, *kernel, *options))


def test_the_sums_of_the_docstring_written_as_loops_give_the_same():
    s, p, d = 2, 1, 2
    dy, x, w = drawn(1, 2, 2, 3, seed=0), drawn(1, 2, 6, 8, seed=1), drawn(2, 2, 3, 2, seed=2)
    dx, dw, db = torch.zeros_like(x), torch.zeros_like(w), torch.zeros(2, dtype=torch.float64)
    for o, i, j in torch.cartesian_prod(*(torch.arange(size) for size in dy.shape[1:])).tolist():
        db[o] += dy[0, o, i, j]
        for c, u, v in torch.cartesian_prod(*(torch.arange(size) for size in w.shape[1:])).tolist():
            row, column = i * s + u * d - p, j * s + v * d - p
            if 0 <= row < 6 and 0 <= column < 8:
                dx[0, c, row, column] += w[o, c, u, v] * dy[0, o, i, j]
                dw[o, c, u, v] += dy[0, o, i, j] * x[0, c, row, column]
    for mine, other in zip(conv2d_backward(dy, x, w, s, p, d), (dx, dw, db), strict=True):
        torch.testing.assert_close(mine, other)


def test_pixels_that_no_window_reaches_have_no_gradient():
    dy, x, w = drawn(1, 1, 2, 2, seed=0), drawn(1, 1, 8, 9, seed=1), drawn(1, 1, 2, 3, seed=2)
    dx, _, _ = conv2d_backward(dy, x, w, stride=5)
    assert dx[0, 0].abs().sum(dim=1).bool().tolist() == [True, True, False, False, False, True, True, False]
    assert dx[0, 0].abs().sum(dim=0).bool().tolist() == [True, True, True, False, False, True, True, True, False]


def test_dtype_and_device_are_those_of_the_inputs():
    dy, x, w = torch.zeros(1, 3, 3, 4), torch.zeros(1, 2, 4, 5), torch.zeros(3, 2, 2, 2)
    half = conv2d_backward(dy.half(), x.half(), w.half())
    assert [gradient.dtype for gradient in half] == [torch.float16] * 3
    elsewhere = conv2d_backward(dy.to("meta"), x.to("meta"), w.to("meta"))
    assert [gradient.device.type for gradient in elsewhere] == ["meta"] * 3
