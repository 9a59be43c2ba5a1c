"""The columns are dealt out one by one, (H, 4) instead of (4, H). Each gate has H columns that lie together."""

EQUATION = "a_i = a[:, 0::4], ..."
HINT = 2
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.unflatten(1, (-1, 4)).unbind(2), strict=True))
    i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    new = f * c + i * g
    return o * new.tanh(), new
