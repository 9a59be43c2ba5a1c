"""The cell state is kept through the output gate: what is not shown now is lost for ever."""

EQUATION = "c' = o (f c + i g)    h' = tanh(c')"
HINT = 1
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    new = o * (f * c + i * g)
    return new.tanh(), new
