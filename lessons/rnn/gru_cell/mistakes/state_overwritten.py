"""h is changed in place. The step before still needs it for its gradients, and whoever gave it to you sees it change."""

EQUATION = "h <- z h,   h <- h + (1 - z) n"
HINT = 3
CONVENTIONS = {"update": "cho", "reset": "after"}


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh):
    w_r, w_z, w_n = (x @ w_ih.T + b_ih).chunk(3, dim=1)
    (u_r, u_z, u_n), (v_r, v_z, v_n) = w_hh.chunk(3), b_hh.chunk(3)
    r = (w_r + h @ u_r.T + v_r).sigmoid()
    z = (w_z + h @ u_z.T + v_z).sigmoid()
    recurrent = r * (h @ u_n.T + v_n) if CONVENTIONS["reset"] == "after" else (r * h) @ u_n.T + v_n
    n = (w_n + recurrent).tanh()
    kept = z if CONVENTIONS["update"] == "cho" else 1 - z
    h *= kept
    h += (1 - kept) * n
    return h
