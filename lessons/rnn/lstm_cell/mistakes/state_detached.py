"""The old states are detached, so a step's gradients do not reach the step before. The graph is cut between two calls of a layer, not inside."""

EQUATION = "dc'/dc = dh'/dh = 0"
HINT = 1
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    h, c = h.detach(), c.detach()
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    new = f * c + i * g
    return o * new.tanh(), new
