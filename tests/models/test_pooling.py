from itertools import product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from models.pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward

SETTINGS = [  # batch, channels, height, width, kh, kw, stride, padding
    (2, 3, 6, 7, 1, 5, 1, 0),
    (1, 2, 8, 11, 4, 3, 3, 1),
    (3, 1, 4, 5, 2, 3, 1, 1),
    (2, 4, 9, 10, 3, 2, 2, 0),
    (1, 1, 3, 2, 5, 4, 1, 2),
    (4, 1, 5, 6, 1, 2, 3, 0),
]


def image(*shape: int, seed: int = 0, values: int | None = None) -> Tensor:
    """Random numbers, or where `values` is given, whole numbers below it, so that many are equal."""
    generator = torch.Generator().manual_seed(seed)
    if values is not None:
        return torch.randint(0, values, shape, generator=generator).double()
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def torchs_average(x: Tensor, kernel_size: tuple[int, int], stride: int, padding: int) -> Tensor:
    return functional.avg_pool2d(x, kernel_size, stride, padding, count_include_pad=False)


def agree_with_torch(x: Tensor, kernel_size: tuple[int, int], stride: int, padding: int) -> None:
    """Results of both poolings, and both gradients under unequal weights on the outputs."""
    for pool, backward, theirs in (
        (max_pool2d, max_pool2d_backward, functional.max_pool2d),
        (avg_pool2d, avg_pool2d_backward, torchs_average),
    ):
        leaf = x.clone().requires_grad_()
        y = theirs(leaf, kernel_size, stride, padding)
        torch.testing.assert_close(pool(x, kernel_size, stride, padding), y.detach(), rtol=1e-12, atol=1e-12)
        dy = torch.linspace(-1, 2, y.numel(), dtype=x.dtype).reshape(y.shape)
        expected = torch.autograd.grad(y, leaf, dy)[0]
        torch.testing.assert_close(backward(dy, x, kernel_size, stride, padding), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("sizes", SETTINGS)
@pytest.mark.parametrize("values", [None, 1, 3])
def test_results_and_gradients_are_those_of_torch_equal_maxima_too(sizes: tuple[int, ...], values: int | None):
    *shape, kh, kw, stride, padding = sizes
    agree_with_torch(image(*shape, values=values), (kh, kw), stride, padding)


@settings(deadline=None, max_examples=60)
@given(
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 8), st.integers(1, 8)),
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    st.integers(1, 4),
    st.data(),
)
def test_any_setting_gives_torchs_results_or_is_refused(shape, kernel_size, stride, data):
    padding = data.draw(st.integers(0, min(kernel_size) // 2))
    x = image(*shape, values=data.draw(st.sampled_from([None, 2, 5])))
    if any(side + 2 * padding < k for side, k in zip(shape[2:], kernel_size, strict=True)):
        for pool in (max_pool2d, avg_pool2d):
            with pytest.raises(RuntimeError, match="maximum size for tensor"):
                pool(x, kernel_size, stride, padding)
        return
    agree_with_torch(x, kernel_size, stride, padding)


def test_of_equal_maxima_the_first_in_reading_order_takes_all():
    x = torch.tensor([[[[1.0, 2.0], [2.0, 2.0]]]])
    dx = max_pool2d_backward(torch.full((1, 1, 1, 1), 3.0), x, (2, 2), 2)
    assert dx.tolist() == [[[[0.0, 3.0], [0.0, 0.0]]]]


def test_the_sums_in_the_docstrings_written_as_loops_give_the_same():
    x, (kh, kw), s, p = image(1, 2, 5, 6), (3, 2), 2, 1
    largest, mean = max_pool2d(x, (kh, kw), s, p), avg_pool2d(x, (kh, kw), s, p)
    for c, i, j in product(*map(range, largest.shape[1:])):
        rows = range(max(0, i * s - p), min(5, i * s - p + kh))
        columns = range(max(0, j * s - p), min(6, j * s - p + kw))
        inside = [x[0, c, a, b].item() for a, b in product(rows, columns)]
        assert largest[0, c, i, j].item() == max(inside)
        assert mean[0, c, i, j].item() == pytest.approx(sum(inside) / len(inside), abs=1e-12)


class Pool(torch.autograd.Function):
    """Our functions as autograd would use them."""

    @staticmethod
    def forward(ctx, x, pool, backward, window):
        ctx.save_for_backward(x)
        ctx.backward_function, ctx.window = backward, window
        return pool(x, *window)

    @staticmethod
    def backward(ctx, dy):
        return ctx.backward_function(dy, *ctx.saved_tensors, *ctx.window), None, None, None


@pytest.mark.parametrize(("pool", "backward"), [(max_pool2d, max_pool2d_backward), (avg_pool2d, avg_pool2d_backward)])
def test_the_backward_functions_agree_with_numerical_slopes(pool, backward):
    x = image(2, 2, 5, 4).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: Pool.apply(x, pool, backward, ((3, 2), 1, 1)), (x,))


def test_dtype_and_device_are_those_of_x():
    x, dy = torch.zeros(1, 2, 4, 6, dtype=torch.float16), torch.zeros(1, 2, 2, 3, dtype=torch.float16)
    for pool, backward in ((max_pool2d, max_pool2d_backward), (avg_pool2d, avg_pool2d_backward)):
        assert pool(x, (2, 2), 2).dtype == backward(dy, x, (2, 2), 2).dtype == torch.float16
        assert pool(x.to("meta"), (2, 2), 2).device.type == "meta"
        assert backward(dy.to("meta"), x.to("meta"), (2, 2), 2).device.type == "meta"
