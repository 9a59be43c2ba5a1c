import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from models.conv import Conv2d, conv2d

SHAPES = [  # batch, channels, kernels, height, width, kh, kw, stride, padding, dilation
    (2, 3, 4, 6, 7, 1, 5, 1, 0, 1),
    (1, 2, 5, 8, 11, 4, 3, 3, 0, 1),
    (3, 1, 2, 4, 5, 2, 3, 1, 4, 1),
    (2, 4, 1, 9, 10, 3, 2, 1, 0, 3),
    (1, 3, 2, 11, 12, 2, 5, 3, 1, 2),
    (4, 1, 1, 1, 1, 1, 1, 2, 0, 1),
]


def tensors(*shapes: tuple[int, ...], seed: int = 0) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return [torch.randn(shape, generator=generator, dtype=torch.float64).requires_grad_() for shape in shapes]


@pytest.mark.parametrize("sizes", SHAPES)
def test_output_and_gradients_are_those_of_torchs_conv2d(sizes: tuple[int, ...]):
    batch, channels, kernels, height, width, kh, kw, stride, padding, dilation = sizes
    x, w, b = inputs = tensors((batch, channels, height, width), (kernels, channels, kh, kw), (kernels,))
    ours = conv2d(x, w, b, stride, padding, dilation)
    theirs = nn.functional.conv2d(x, w, b, stride, padding, dilation)
    torch.testing.assert_close(ours, theirs, rtol=1e-10, atol=1e-12)
    upstream = torch.linspace(-1, 2, ours.numel(), dtype=torch.float64).reshape(ours.shape)
    for mine, other in zip(
        torch.autograd.grad(ours, inputs, upstream), torch.autograd.grad(theirs, inputs, upstream), strict=True
    ):
        torch.testing.assert_close(mine, other, rtol=1e-10, atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(
    st.tuples(*[st.integers(1, 4)] * 5),
    st.tuples(*[st.integers(1, 9)] * 2),
    *[st.integers(1, 3)] * 2,
    st.integers(0, 4),
)
def test_any_setting_gives_torchs_output_or_both_refuse(small, image, stride, dilation, padding):
    batch, channels, kernels, kh, kw = small
    x, w = tensors((batch, channels, *image), (kernels, channels, kh, kw))
    if any(side + 2 * padding < dilation * (k - 1) + 1 for side, k in zip(image, (kh, kw), strict=True)):
        with pytest.raises(ValueError, match="does not fit"):
            conv2d(x, w, None, stride, padding, dilation)
        return
    theirs = nn.functional.conv2d(x, w, None, stride, padding, dilation)
    torch.testing.assert_close(conv2d(x, w, None, stride, padding, dilation), theirs, rtol=1e-10, atol=1e-12)


def test_gradcheck_holds_with_stride_padding_and_dilation():
    x, w, b = tensors((2, 2, 6, 5), (3, 2, 2, 3), (3,))
    assert torch.autograd.gradcheck(lambda x, w, b: conv2d(x, w, b, 2, 1, 2), (x, w, b))


def test_the_sum_in_the_docstring_written_as_loops_gives_the_same():
    x, w, b = tensors((1, 2, 5, 6), (2, 2, 2, 3), (2,))
    s, p, d = 2, 1, 2
    xpad = nn.functional.pad(x, (p, p, p, p))
    y = conv2d(x, w, b, s, p, d)
    for o, i, j in torch.cartesian_prod(*(torch.arange(size) for size in y.shape[1:])).tolist():
        total = b[o] + sum(
            w[o, c, u, v] * xpad[0, c, i * s + u * d, j * s + v * d]
            for c in range(2)
            for u in range(2)
            for v in range(3)
        )
        torch.testing.assert_close(y[0, o, i, j], total)


def test_it_is_linear_and_moves_with_the_image():
    x, z, w = tensors((1, 2, 9, 8), (1, 2, 9, 8), (3, 2, 3, 2))
    torch.testing.assert_close(conv2d(2 * x - 3 * z, w), 2 * conv2d(x, w) - 3 * conv2d(z, w))
    torch.testing.assert_close(conv2d(x[:, :, 2:, 1:], w), conv2d(x, w)[:, :, 2:, 1:])


def test_dtype_and_device_are_those_of_x():
    x, w = torch.zeros(1, 2, 4, 5, dtype=torch.float16), torch.zeros(3, 2, 2, 2, dtype=torch.float16)
    assert conv2d(x, w).dtype == torch.float16
    assert conv2d(x.to("meta"), w.to("meta")).device.type == "meta"


@pytest.mark.parametrize("bias", [True, False])
def test_the_layer_with_torchs_weights_is_torchs_layer(bias: bool):
    ours = Conv2d(3, 5, 3, stride=2, padding=1, bias=bias)
    theirs = nn.Conv2d(3, 5, 3, stride=2, padding=1, bias=bias)
    ours.load_state_dict(theirs.state_dict())
    x = torch.randn(2, 3, 7, 6)
    torch.testing.assert_close(ours(x), theirs(x), rtol=1e-5, atol=1e-5)


def test_the_layer_draws_its_weights_with_variance_two_over_fan_in():
    torch.manual_seed(0)
    layer = Conv2d(64, 128, 3)
    assert layer.weight.std().item() == pytest.approx((2 / (64 * 9)) ** 0.5, rel=0.02)
    assert layer.weight.mean().item() == pytest.approx(0.0, abs=1e-3)
    assert layer.bias is not None
    assert not layer.bias.any()
