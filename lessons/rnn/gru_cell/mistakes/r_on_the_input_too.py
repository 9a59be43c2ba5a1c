"""The reset gate also covers what the input gives to the candidate. It is there to set aside the past, not the present."""

EQUATION = "n = tanh(r (W_n x + b_n + U_n h + v_n))"
HINT = 1
CONVENTIONS = {"update": "cho", "reset": "after"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    w_r, w_z, w_n = (x @ w_ih.T + b_ih).chunk(3, dim=1)
    (u_r, u_z, u_n), (v_r, v_z, v_n) = w_hh.chunk(3), b_hh.chunk(3)
    r = (w_r + h @ u_r.T + v_r).sigmoid()
    z = (w_z + h @ u_z.T + v_z).sigmoid()
    if CONVENTIONS["reset"] == "after":
        n = (r * (w_n + h @ u_n.T + v_n)).tanh()
    else:
        n = (r * w_n + (r * h) @ u_n.T + v_n).tanh()
    kept = z if CONVENTIONS["update"] == "cho" else 1 - z
    return kept * h + (1 - kept) * n
