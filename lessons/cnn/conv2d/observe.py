"""How a conv2d is called, and what is seen of it."""

import torch

from lessons.checking.observing import gradients_of


def observe(conv2d, x, w, b=None, positional=False, b_by_name=False, then=None, **options):
    """The output, a second call's output, and the gradient of each tensor that went in.

    `then` are other options for the same tensors: what was kept from the first call may not decide the next.
    """
    random_state = torch.get_rng_state()
    given = (x, w) if b is None and not positional else (x, w, b)
    settings = (options["stride"], options["padding"], options["dilation"]) if positional else ()
    keywords = {} if positional else options
    if b_by_name:
        yield "output with b by name", conv2d(x, w, b=b, **keywords)
    yield "output", conv2d(*given, *settings, **keywords)
    if then is not None:
        yield f"output with {then} afterwards", conv2d(*given, **then)
    yield "output of a second call", conv2d(1.0 - x, *given[1:], *settings, **keywords)

    leaves = [tensor.detach().requires_grad_() for tensor in given if tensor is not None]
    y = conv2d(*leaves, *given[len(leaves) :], *settings, **keywords)
    yield "output depends on its inputs by a gradient", y.requires_grad
    if not y.requires_grad:
        return
    for name, gradient in gradients_of(y, dict(zip("xwb", leaves, strict=False))).items():
        yield f"gradient of {name}", gradient

    # The first layer's images need no gradient, and inner layers get tensors that are no leaves.
    kernel, image = w.detach().requires_grad_(), x.detach().requires_grad_()
    alone = conv2d(x, kernel * 1.0, *given[2:], *settings, **keywords)
    yield "gradient of w where x needs none", gradients_of(alone, {"w": kernel})["w"]
    alone = conv2d(image * 1.0, w, *given[2:], *settings, **keywords)
    yield "gradient of x where w needs none", gradients_of(alone, {"x": image})["x"]
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
