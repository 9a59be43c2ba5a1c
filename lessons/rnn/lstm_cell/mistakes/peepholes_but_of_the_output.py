"""Input and forget gate look at the cell state. Those are peepholes; here gates see x and h only."""

EQUATION = "i, f = sigmoid(a + c)"
HINT = 1
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f = (a["i"] + c).sigmoid(), (a["f"] + c).sigmoid()
    new = f * c + i * a["g"].tanh()
    return a["o"].sigmoid() * new.tanh(), new
