"""How a conv2d is called, and what is seen of it."""

from lessons.checking.observing import gradients_of


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
    for name, gradient in gradients_of(y, dict(zip("xwb", leaves, strict=False))).items():
        yield f"gradient of {name}", gradient
