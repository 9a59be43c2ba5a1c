"""The gates see the input alone, not the old state: they cannot depend on what was before."""

EQUATION = "r, z = sigmoid(W x + b + v)"
HINT = 2
CONVENTIONS = {"update": "cho", "reset": "after"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    w_r, w_z, w_n = (x @ w_ih.T + b_ih).chunk(3, dim=1)
    (_, _, u_n), (v_r, v_z, v_n) = w_hh.chunk(3), b_hh.chunk(3)
    r = (w_r + v_r).sigmoid()
    z = (w_z + v_z).sigmoid()
    recurrent = r * (h @ u_n.T + v_n) if CONVENTIONS["reset"] == "after" else (r * h) @ u_n.T + v_n
    n = (w_n + recurrent).tanh()
    kept = z if CONVENTIONS["update"] == "cho" else 1 - z
    return kept * h + (1 - kept) * n
