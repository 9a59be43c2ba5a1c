"""What an LSTM's cell state still holds of each character that was read: its sum, term by term. No torch."""

from collections.abc import Sequence


def kept_shares(f: Sequence[float], t: int) -> list[float]:
    """What is left at step t of what was written at each step s <= t: the product of f[s+1] ... f[t]."""
    shares = [1.0]
    for gate in f[t:0:-1]:
        shares.append(shares[-1] * gate)
    return shares[::-1]


def written_terms(i: Sequence[float], f: Sequence[float], g: Sequence[float], t: int) -> list[float]:
    """The terms of one unit's cell state, from c[-1] = 0.

    c[t] = sum over s <= t of  i[s] g[s] (product of f[r], s < r <= t)
    """
    return [i[s] * g[s] * share for s, share in enumerate(kept_shares(f, t))]


def half_life(f: Sequence[float], t: int) -> int:
    """How many characters back the oldest lies of which at least half is left at step t."""
    shares = kept_shares(f, t)
    return t - next(s for s, share in enumerate(shares) if min(shares[s:]) >= 0.5)
