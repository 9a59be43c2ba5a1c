"""b_hh is not added. In n it stands within the reset gate's reach, so it is not the same as b_ih."""

EQUATION = "v = 0"
HINT = 3
CONVENTIONS = {"update": "cho", "reset": "after"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    w_r, w_z, w_n = (x @ w_ih.T + b_ih).chunk(3, dim=1)
    u_r, u_z, u_n = w_hh.chunk(3)
    r = (w_r + h @ u_r.T).sigmoid()
    z = (w_z + h @ u_z.T).sigmoid()
    recurrent = r * (h @ u_n.T) if CONVENTIONS["reset"] == "after" else (r * h) @ u_n.T
    n = (w_n + recurrent).tanh()
    kept = z if CONVENTIONS["update"] == "cho" else 1 - z
    return kept * h + (1 - kept) * n
