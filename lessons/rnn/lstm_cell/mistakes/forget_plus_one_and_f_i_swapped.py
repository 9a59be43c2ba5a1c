"""1 is added to a forget gate that is exchanged with the input gate: two slips, and the second hides the first."""

EQUATION = "c' = i c + f g    i = sigmoid(a_i + 1)"
HINT = 1
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, g, o = (a["i"] + 1.0).sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    new = i * c + f * g
    return o * new.tanh(), new
