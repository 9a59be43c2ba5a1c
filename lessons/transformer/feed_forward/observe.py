"""How a FeedForward is made, filled and used in training and in evaluation, and what is seen of it."""

import torch

from lessons.checking.observing import gradients_of, set_state, state_of


def observe(FeedForward, x, second, d_ff, seed, laws=False):  # noqa: N803 - a class
    """Parts, outputs, gradients; or the laws alone."""
    torch.manual_seed(seed)
    with torch.device(x.device):
        layer = FeedForward(x.shape[-1], d_ff)
    yield from state_of(layer)
    yield "names in named_parameters()", sorted(name for name, _ in layer.named_parameters())
    yield "types of the parameters", sorted({str(value.dtype) for value in layer.state_dict().values()})
    if not x.is_meta:
        yield "matrices that begin with one number everywhere", sorted(still(layer))
    set_state(layer, seed)
    if laws:
        yield from laws_of_tokens(layer, x)
        return
    torch.manual_seed(seed)  # so that what is dropped by chance is the same, however the parts were drawn
    before = torch.get_rng_state()
    yield "output", layer(x)
    yield "random numbers were drawn", not torch.equal(before, torch.get_rng_state())
    if x.is_meta:
        return
    leaf = second.detach().clone().requires_grad_()
    y = layer(leaf)
    yield "output of other tokens", y
    for name, gradient in gradients_of(y, {"x": leaf, **dict(sorted(layer.named_parameters()))}).items():
        yield f"gradient of {name}", gradient
    layer.eval()
    yield "output in evaluation", layer(second)
    with torch.no_grad():
        given = x.clone()
        yield "output under no_grad", layer(given)
        yield "tokens left as they were", bool(torch.equal(given, x))
    yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()


def still(layer):
    """Names of matrices whose numbers are all the same: their columns would stay alike for good."""
    for name, value in layer.named_parameters():
        if value.dim() > 1 and value.numel() > 1 and bool((value == value.flatten()[0]).all()):
            yield name


def laws_of_tokens(layer, x):
    """What holds for all weights: x is (B, T, d_model)."""
    y = layer(x)
    yield "invariant: a token alone gives what it gives in its sentence", layer(x[1, 2]) - y[1, 2]
    order = torch.arange(x.shape[1] - 1, -1, -1)
    yield "invariant: tokens in another order give results in that order", layer(x[:, order]) - y[:, order]
    with torch.no_grad():
        layer.w_1.bias.zero_()
        layer.w_2.bias.zero_()
    yield "invariant: without biases a token twice as large gives twice as much", layer(2.0 * x) - 2.0 * layer(x)
    hidden = x @ layer.w_1.weight.mT
    both = layer(x) - layer(-x)
    yield "invariant: without biases FFN(x) - FFN(-x) is x W_1 W_2", both - hidden @ layer.w_2.weight.mT
