"""Each gate has its own weights, cut out by name."""

CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    units = h.shape[1]

    def gate(number):
        rows = slice(number * units, (number + 1) * units)
        return x @ w_ih[rows].T + b_ih[rows] + h @ w_hh[rows].T + b_hh[rows]

    new = gate(1).sigmoid() * c + gate(0).sigmoid() * gate(2).tanh()
    return gate(3).sigmoid() * new.tanh(), new
