"""How Embeddings are made, filled and used on both ways, and what is seen of them."""

import torch

from lessons.checking.observing import NO_NUMBERS, gradients_of


def observe(Embeddings, num_tokens, d_model, seed, ids=None, x=None, **numbers):  # noqa: N803 - a class
    """Parameters, embeddings and scores of it when it is full of given numbers; without x what it begins with."""
    torch.manual_seed(seed)
    if x is None:
        yield from first_numbers(Embeddings(num_tokens, d_model), Embeddings)
        return
    with torch.device(x.device):
        made = Embeddings(num_tokens, d_model)
    yield from what_it_is_made_of(made)
    fill(made, numbers)
    torch.manual_seed(seed)  # so that what is dropped by chance is the same, however the numbers were drawn
    before = torch.get_rng_state()
    yield "embedding", embedded(made, ids, x)
    yield "score of each token", made.logits(x)
    yield "random numbers were drawn", not torch.equal(before, torch.get_rng_state())
    if not x.is_meta:
        yield from gradients_of_both_ways(made, ids, x)
        yield from in_evaluation(made, ids, x)
        yield from after_a_change(made, ids, x)


def what_it_is_made_of(made):
    """By named_parameters(): a matrix that is shared is told once, under whatever names a state_dict would save it."""
    named = list(made.named_parameters())
    yield "names in named_parameters()", sorted(name for name, _ in named)
    yield "shapes of the parameters", [f"{name} {tuple(value.shape)}" for name, value in sorted(named)]
    yield "types of the parameters", sorted({str(value.dtype) for _, value in named})
    yield "parameters that do not learn", sorted(name for name, value in named if not value.requires_grad)
    yield "names in named_buffers()", sorted(name for name, _ in made.named_buffers())


def first_numbers(made, Embeddings):  # noqa: N803 - a class
    """Of a table that is large enough to tell how it was drawn."""
    other = Embeddings(*made.weight.shape)
    for name, value in sorted(made.named_parameters()):
        if value.dim() < 2:
            continue
        drawn = value.detach().double()
        spread = drawn.std()
        yield f"standard deviation of {name} at the start, times sqrt(d)", float(spread * drawn.shape[1] ** 0.5)
        yield f"invariant: {name} starts with mean 0", bool(drawn.mean().abs() * drawn.numel() ** 0.5 < 6.0 * spread)
        yield f"rows of {name} that start at 0", int((drawn == 0).all(dim=1).sum())
        yield f"two of them start with the same {name}", torch.equal(value, other.get_parameter(name))


def fill(made, numbers):
    """The given numbers by name; a matrix under another name gets those of `weight`, if they fit."""
    for name, value in made.named_parameters():
        given = numbers.get(name, numbers["weight"])
        if value.shape == given.shape:
            with torch.no_grad():
                value.copy_(given)


def embedded(made, ids, x):
    """A row for each id, as is right; x, which has that shape, where there are no numbers and a solution reads ids."""
    try:
        return made(ids)
    except (NotImplementedError, RuntimeError) as error:
        if not x.is_meta or not any(words in str(error) for words in (*NO_NUMBERS, "no data")):
            raise
        return x


def gradients_of_both_ways(made, ids, x):
    """Each way by itself, so that one cannot stand in for the other."""
    named = dict(sorted(made.named_parameters()))
    for name, gradient in gradients_of(made(ids), named).items():
        yield f"gradient of {name} on the way in", gradient
    leaf = x.detach().clone().requires_grad_()
    for name, gradient in gradients_of(made.logits(leaf), {"x": leaf, **named}).items():
        yield f"gradient of {name} on the way out", gradient


def in_evaluation(made, ids, x):
    made.eval()
    with torch.no_grad():
        yield "embedding in evaluation", made(ids)
        yield "score of each token in evaluation", made.logits(x)
    yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
    made.train()


def after_a_change(made, ids, x):
    """As an optimiser changes parameters, and as a checkpoint or another type does."""
    with torch.no_grad():
        for value in made.parameters():
            value.mul_(-0.5).add_(0.25)
    one = ids.flatten()[-1]
    yield "embedding of a single token, after a step of training", made(one)
    yield (
        "score of each token for a single vector, after a step of training",
        made.logits(x.reshape(-1, x.shape[-1])[0]),
    )
    if x.dtype == torch.float64:
        made.float()
        with torch.no_grad():
            yield "type of the embedding after .float()", str(made(ids).dtype)
            yield "type of the scores after .float()", str(made.logits(x.float()).dtype)
