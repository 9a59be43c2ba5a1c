"""All gates get the first H numbers of the bias. Each gate has H of its own, of the 4H."""

EQUATION = "b = (b[:H], b[:H], b[:H], b[:H])"
HINT = 2
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + h @ w_hh.T + (b_ih + b_hh)[: h.shape[1]].repeat(4)
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    new = f * c + i * g
    return o * new.tanh(), new
