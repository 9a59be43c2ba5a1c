"""Only the first row of the batch is computed, and all the others get its states."""

EQUATION = "h'[b] = h'[0]"
HINT = 2
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    new = (f * c + i * g)[:1].expand_as(c)
    return o[:1] * new.tanh(), new
