"""Neither bias is added: with x and h at zero every gate stands at a half, whatever was learnt."""

EQUATION = "a = x w_ih^T + h w_hh^T"
HINT = 3
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + h @ w_hh.T
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    new = f * c + i * g
    return o * new.tanh(), new
