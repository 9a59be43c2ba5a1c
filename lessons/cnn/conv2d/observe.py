"""How a conv2d is called, and what is seen of it."""

import torch


def observe(conv2d, x, w, b=None, positional=False, **options):
    """The output, a second call's output, and the gradient of each tensor that went in."""
    given = (x, w) if b is None else (x, w, b)
    settings = (options["stride"], options["padding"], options["dilation"]) if positional else ()
    keywords = {} if positional else options
    yield "output", conv2d(*given, *settings, **keywords)
    yield "output of a second call", conv2d(1.0 - x, *given[1:], *settings, **keywords)

    leaves = [tensor.detach().requires_grad_() for tensor in given]
    y = conv2d(*leaves, *settings, **keywords)
    yield "output depends on its inputs by a gradient", y.requires_grad
    if not y.requires_grad:
        return
    # Unequal weights on the outputs: a plain sum would not see gradients that land in the wrong place.
    loss = (y * torch.linspace(-1.0, 2.0, y.numel(), dtype=y.dtype, device=y.device).reshape(y.shape)).sum()
    gradients = torch.autograd.grad(loss, leaves, allow_unused=True)
    for name, gradient in zip("xwb", gradients, strict=False):
        yield f"gradient of {name}", "none" if gradient is None else gradient
