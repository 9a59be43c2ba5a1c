"""How MultiHeadAttention is built around an attention and called, and what is seen of it."""

import torch

from lessons.checking.observing import declared_by, gradients_of, mask_that_is, set_state, state_of


def some_attention(q, k, v, mask=None):
    """An attention of the right form that has no softmax and no scale: what is looked at is what happens around it."""
    weights = torch.sigmoid(q @ k.mT - 0.5)
    weights = weights if mask is None else weights * mask
    return weights @ v, weights


def without_weights(q, k, v, mask=None):
    return some_attention(q, k, v, mask)[0], None


def observe(
    MultiHeadAttention,  # noqa: N803 - a class
    query,
    num_heads,
    seed,
    look="calls",
    key=None,
    value=None,
    keep=None,
    pieces=None,
    attention=some_attention,
):
    """`look` names the side that a case looks at; without a key of its own it is self-attention."""
    attention = without_weights if look == "no weights" else attention
    torch.manual_seed(seed)
    with torch.device(query.device):
        heads = MultiHeadAttention(query.shape[2], num_heads, attention)
    yield from state_of(heads)
    if look == "beginning":
        yield from first_numbers(heads, MultiHeadAttention, num_heads)
        return
    set_state(heads, seed)
    if look == "laws":
        yield from laws_of_heads(heads, query, num_heads, attention)
    elif look == "cache":
        yield from piece_by_piece(heads, query, pieces)
    else:
        key, value = (query, query) if key is None else (key, value)
        yield from calls(heads, (query, key, value), keep)


def first_numbers(heads, kind, num_heads):
    """How wide they are spread, that no two are alike, and that heads of unequal width are refused."""
    named = dict(heads.named_parameters())
    width = next(iter(named.values())).shape[0]
    spread = {name: float(value.detach().std()) * width**0.5 for name, value in named.items()}
    yield "parameters", sorted(named)
    yield "parameters that begin too near to 0", sorted(name for name, each in spread.items() if each < 0.4)
    yield "parameters that begin too far from 0", sorted(name for name, each in spread.items() if each > 1.5)
    values = list(named.values())
    yield "two of them begin alike", any(torch.equal(a, b) for n, a in enumerate(values) for b in values[:n])
    try:
        kind(width + 1, num_heads, some_attention)
        yield f"what is raised for d_model {width + 1} and {num_heads} heads", "nothing"
    except (ValueError, AssertionError):
        yield f"what is raised for d_model {width + 1} and {num_heads} heads", "an error that says so"


def calls(heads, given, keep):
    """A call, another one of other lengths without a mask, what stays on the module, and gradients."""
    query, key, value = given
    random_state = torch.get_rng_state()
    result = heads(query, key, value) if keep is None else heads(query, key, value, keep)
    yield "number of results", len(result) if isinstance(result, tuple | list) else f"a {type(result).__name__}"
    out, weights = result
    yield "output", out
    yield "tensor of weights", weights
    yield "attributes of the module that keep a graph alive", keeping_a_graph(heads)
    if query.is_meta:
        return
    out, weights = heads.eval()(0.5 - query[:, :1], key, value)
    yield "output of a call for the first queries alone", out
    yield "tensor of weights for the first queries alone", weights
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
    same = key is query
    leaves = {"query": query.detach().clone().requires_grad_()}
    leaves |= {} if same else {"key": key.detach().requires_grad_(), "value": value.detach().requires_grad_()}
    inputs = (leaves["query"], *(leaves["query"],) * 2) if same else tuple(leaves.values())
    out = heads.train()(*inputs, mask=keep)[0]
    for name, gradient in gradients_of(out, leaves | dict(sorted(heads.named_parameters()))).items():
        yield f"gradient of {name}", gradient


def piece_by_piece(heads, x, pieces):
    """Two sentences in turn, each with a cache of its own."""
    one, other = {}, {}
    for number, piece in enumerate(x.split(pieces, dim=1)):
        out, weights = heads(piece, piece, piece, None, one)
        yield f"output of piece {number}", out
        yield f"tensor of weights of piece {number}", weights
        heads(1.0 - piece, 1.0 - piece, 1.0 - piece, cache=other)
    yield "names in the cache", sorted(one)
    for name in ("k", "v"):
        yield f"{name} in the cache", one.get(name)
        yield f"{name} in the other sentence's cache", other.get(name)
    yield "output of a call without a cache", heads(x, x, x)[0]


def laws_of_heads(heads, x, num_heads, attention):
    """What holds for every attention: the learner's is one."""
    n, width = x.shape[1:]
    causal = mask_that_is(declared_by(attention, "mask"), torch.ones(1, 1, n, n, dtype=torch.bool).tril(), x.dtype)
    out, _ = heads(x, x, x, causal)
    cache = {}
    pieces = [heads(piece, piece, piece, None, cache)[0] for piece in x.split(1, dim=1)]
    yield (
        "invariant: token by token with a cache is the same as all at once with a causal mask",
        torch.cat(pieces, 1) - out,
    )
    yield "invariant: each sentence is attended to by itself", heads(x[:1], x[:1], x[:1], causal)[0] - out[:1]
    others = x.flip(1)
    yield (
        "invariant: in which order keys and values come does not matter",
        heads(x, others, others)[0] - heads(x, x, x)[0],
    )
    exchanged = type(heads)(width, num_heads, attention)
    exchanged.load_state_dict(with_heads_turned(heads.state_dict(), num_heads))
    yield "invariant: in which order the heads lie does not matter", exchanged(x, x, x, causal)[0] - out


def with_heads_turned(state, num_heads):
    """The last head first: its rows of what makes queries, keys and values, its columns of what reads the heads."""
    turned = {}
    for name, weight in state.items():
        axis = 1 if name.startswith("w_o") else 0
        turned[name] = torch.cat(weight.chunk(num_heads, axis)[::-1], axis)
    return turned


def keeping_a_graph(module):
    """Names of what was stored on the module in a call, and still knows how it was computed."""

    def graphs(value):
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
        return any(isinstance(one, torch.Tensor) and one.grad_fn is not None for one in inside)

    return sorted(name for name, value in vars(module).items() if graphs(value))
