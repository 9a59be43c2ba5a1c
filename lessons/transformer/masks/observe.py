"""How the three masks are made, and what is seen of them."""

import torch


def observe(code, ids, pad, sizes, laws=False):
    """Every mask, of other sizes after the first; or what holds for all of them."""
    if laws:
        yield from laws_of_masks(code, ids, pad)
        return
    yield "padding mask", code.padding_mask(ids, pad)
    yield "target mask", code.target_mask(ids, pad)
    for n in sizes:
        yield f"causal mask of {n}", code.causal_mask(n)
    shorter = ids.flip(0)[:, 1:]
    yield "padding mask of other sentences", code.padding_mask(shorter, pad=pad)
    yield "target mask of other sentences", code.target_mask(shorter, pad=pad)


def laws_of_masks(code, ids, pad):
    """What holds of every kind of mask."""
    n, whole = ids.shape[1], torch.full_like(ids, pad + 1)
    target, causal = code.target_mask(ids, pad), code.causal_mask(n)
    last = torch.equal(target[:, :, -1:], code.padding_mask(ids, pad))
    yield "invariant: the last query of the target mask sees what is no padding", last
    unpadded = torch.equal(code.target_mask(whole, pad), causal.expand(len(ids), 1, n, n))
    yield "invariant: where nothing is padding the target mask is the causal one", unpadded
    corner = torch.equal(code.causal_mask(n - 1), causal[..., 1:, 1:])
    yield "invariant: without its first row and column a causal mask is the next smaller one", corner
    alone = torch.equal(code.target_mask(ids[:1], pad), target[:1])
    yield "invariant: each sentence has a mask of its own", alone
    turned = torch.equal(code.padding_mask(ids.flip(1), pad), code.padding_mask(ids, pad).flip(3))
    yield "invariant: padding is hidden wherever it stands", turned
