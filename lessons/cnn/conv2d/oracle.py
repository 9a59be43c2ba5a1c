"""torch's own convolution under the exercise's signature."""

from torch import Tensor, nn


def conv2d(
    x: Tensor, w: Tensor, b: Tensor | None = None, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Tensor:
    return nn.functional.conv2d(x, w, b, stride, padding, dilation)
