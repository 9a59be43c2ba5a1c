"""c is changed in place. The step before still needs it for its gradients, and whoever gave it to you sees it change."""

EQUATION = "c <- f c,   c <- c + i g"
HINT = 3
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    c *= f
    c += i * g
    return o * c.tanh(), c
