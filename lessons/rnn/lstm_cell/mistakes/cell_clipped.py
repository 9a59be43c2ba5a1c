"""The cell state is clipped to [-1, 1]: the range is h's, while c may count further."""

EQUATION = "c' = clip(f c + i g, -1, 1)"
HINT = 1
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    a = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    a = dict(zip(CONVENTIONS["gate_order"], a.chunk(4, dim=1), strict=True))
    i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
    new = (f * c + i * g).clamp(-1.0, 1.0)
    return o * new.tanh(), new
