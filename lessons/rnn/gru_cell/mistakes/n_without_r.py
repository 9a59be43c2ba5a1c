"""The candidate sees all of the past: r does not enter, so nothing can be set aside before a new beginning."""

EQUATION = "n = tanh(W_n x + b_n + U_n h + v_n)"
HINT = 1
CONVENTIONS = {"update": "cho", "reset": "after"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    w_r, w_z, w_n = (x @ w_ih.T + b_ih).chunk(3, dim=1)
    (u_r, u_z, u_n), (v_r, v_z, v_n) = w_hh.chunk(3), b_hh.chunk(3)
    z = (w_z + h @ u_z.T + v_z).sigmoid()
    n = (w_n + h @ u_n.T + v_n).tanh()
    kept = z if CONVENTIONS["update"] == "cho" else 1 - z
    return kept * h + (1 - kept) * n
