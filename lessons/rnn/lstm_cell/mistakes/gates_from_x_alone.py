"""h enters the candidate only; the three gates see x alone, and cannot depend on what was before."""

EQUATION = "i, f, o = sigmoid(x w_ih^T + b_ih + b_hh)"
HINT = 2
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    seen = x @ w_ih.T + b_ih + b_hh
    seen = dict(zip(CONVENTIONS["gate_order"], seen.chunk(4, dim=1), strict=True))
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, o = (seen[gate].sigmoid() for gate in "ifo")
    new = f * c + i * a["g"].tanh()
    return o * new.tanh(), new
