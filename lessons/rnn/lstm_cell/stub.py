"""One step of an LSTM in your own words: three gates, a candidate, and a cell state that is added to."""

import torch
from torch import Tensor

# The order in which the gates lie in the rows of the weights. "ifgo" is torch's; any order of these four letters is
# right, as long as it is the one that your code follows. Write it out, as it stands here.
CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(
    x: Tensor, h: Tensor, c: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor
) -> tuple[Tensor, Tensor]:
    """Take in one input, and give the new hidden state h' and the new cell state c', in this order.

        a = x w_ih^T + b_ih + h w_hh^T + b_hh        four blocks of H columns, one for each gate
        i = sigmoid(a_i)    f = sigmoid(a_f)    g = tanh(a_g)    o = sigmoid(a_o)
        c' = f c + i g      h' = o tanh(c')

    Shapes:  x (B, D), h and c (B, H), w_ih (4H, D), w_hh (4H, H), b_ih and b_hh (4H,)  ->  h' (B, H), c' (B, H)
    Symbols: i input gate, f forget gate, g candidate, o output gate. Nothing is added to f's bias here, and no gate
             looks at c (no peepholes).

    Both results have x's dtype and device; x, h and c stay as they were, for the step before still needs them.
    Gradients go to all seven. torch's own recurrent cells are refused.

    Hochreiter and Schmidhuber 1997; the forget gate: Gers, Schmidhuber and Cummins 2000; as a whole: Greff et al.
    (arXiv 1503.04069), section II, without the peepholes.
    """
    raise NotImplementedError("your turn: lstm_cell")
