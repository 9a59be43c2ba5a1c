"""How jacobian_product and jacobian_bound are called, and what is seen of them."""

import torch


def observe(code, h, u, gamma=None, laws=False):
    """The products, the bound for one gamma, both by name, and what must hold of them whatever the numbers are."""
    steps = len(h)
    options = {} if gamma is None else {"gamma": gamma}
    products = code.jacobian_product(h, u)
    yield "product", products
    yield "bound", code.jacobian_bound(u, steps, **options)
    if not h.is_meta:
        kept = products.clone()
        yield "product of half the states, by name", code.jacobian_product(h=0.5 * h, u=u)
        yield "first products left as they were by a second call", bool(torch.equal(products, kept))
        yield "bound of no steps", code.jacobian_bound(u, 0)
        yield "bound of one step more, by position", code.jacobian_bound(u, steps + 1, 0.5)
        moved = u.clone()
        code.jacobian_product(h, moved)
        code.jacobian_bound(moved, steps)
        moved.mul_(-0.5)
        yield "product after u was moved in place", code.jacobian_product(h, moved)
        yield "bound after u was moved in place", code.jacobian_bound(moved, steps)
    if laws:
        yield from _laws(code, h, u, products)
    yield "autograd is left switched on", torch.is_grad_enabled()


def _laws(code, h, u, products):
    steps, half = len(h), len(h) // 2
    eye = torch.eye(u.shape[0], dtype=u.dtype).expand_as(products[-1])
    yield "invariant: dh_T/dh_T is the identity", _alike(products[-1], eye)
    later = code.jacobian_product(h[half:], u)[0]
    earlier = code.jacobian_product(h[:half], u)
    yield (
        "invariant: the chain rule holds: dh_T/dh_t = dh_T/dh_k dh_k/dh_t",
        _alike(products[: half + 1], later @ earlier),
    )
    norms = torch.linalg.matrix_norm(products, 2)
    slope = float((1 - h.square()).max())
    for gamma, words in ((1.0, "gamma 1"), (slope, "gamma the largest 1 - h^2")):
        bound = code.jacobian_bound(u, steps, gamma)
        yield (
            f"invariant: with {words} no product is larger than its bound",
            bool((norms <= bound[:, None] * (1 + 1e-6)).all()),
        )
    turn = torch.linalg.qr(u + 2.0 * torch.eye(u.shape[0], dtype=u.dtype))[0]
    flat = code.jacobian_bound(0.5 * turn, steps)
    reached = torch.linalg.matrix_norm(code.jacobian_product(torch.zeros_like(h), 0.5 * turn), 2)
    yield "invariant: the bound is reached where U only turns and every state is 0", _alike(reached, flat[:, None])


def _alike(one, other):
    return bool(torch.allclose(one, other.expand_as(one), rtol=1e-4, atol=1e-6))
