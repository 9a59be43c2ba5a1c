"""Input and forget gate are exchanged: the gate that should keep the old cell lets in what is new. If your weights are meant to lie so, CONVENTIONS has to say it."""

EQUATION = "c' = i c + f g"
HINT = 2
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    new = i * c + f * g
    return o * new.tanh(), new
