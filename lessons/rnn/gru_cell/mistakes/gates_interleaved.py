"""The columns are dealt out one by one, (H, 3) instead of (3, H). Each gate has H columns that lie together."""

EQUATION = "w_r = (W x + b)[:, 0::3], ..."
HINT = 2
CONVENTIONS = {"update": "cho", "reset": "after"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    w_r, w_z, w_n = (x @ w_ih.T + b_ih).unflatten(1, (-1, 3)).unbind(2)
    (u_r, u_z, u_n), (v_r, v_z, v_n) = w_hh.unflatten(0, (-1, 3)).unbind(1), b_hh.unflatten(0, (-1, 3)).unbind(1)
    r = (w_r + h @ u_r.T + v_r).sigmoid()
    z = (w_z + h @ u_z.T + v_z).sigmoid()
    recurrent = r * (h @ u_n.T + v_n) if CONVENTIONS["reset"] == "after" else (r * h) @ u_n.T + v_n
    n = (w_n + recurrent).tanh()
    kept = z if CONVENTIONS["update"] == "cho" else 1 - z
    return kept * h + (1 - kept) * n
