import math

import pytest
import torch
from torch import Tensor, nn

from models.gru_cell import gru_cell

B, D, H = 3, 2, 4
CONVENTIONS = [(update, reset) for update in ("cho", "chung") for reset in ("after", "before")]


@pytest.fixture
def torchs() -> nn.GRUCell:
    torch.manual_seed(0)
    return nn.GRUCell(D, H, dtype=torch.float64)


@pytest.fixture
def given() -> tuple[Tensor, Tensor]:
    torch.manual_seed(1)
    return torch.randn(B, D, dtype=torch.float64), torch.randn(B, H, dtype=torch.float64)


def with_z_turned(weights: list[Tensor]) -> list[Tensor]:
    """sigmoid(-a) = 1 - sigmoid(a): the rows of z with the other sign exchange z and 1 - z."""
    sign = torch.ones(3 * H, dtype=torch.float64)
    sign[H : 2 * H] = -1.0
    return [weight * sign.view(-1, *[1] * (weight.dim() - 1)) for weight in weights]


def test_reset_after_the_product_it_is_torch_s_cell_over_five_steps(torchs: nn.GRUCell, given: tuple[Tensor, Tensor]):
    x, h = given
    ours = theirs = h
    w_ih, w_hh, b_ih, b_hh = torchs.parameters()
    for turn in range(5):
        ours, theirs = gru_cell(x * turn, ours, w_ih, w_hh, b_ih, b_hh), torchs(x * turn, theirs)
    assert torch.allclose(ours, theirs)


def test_chung_s_z_is_torch_s_cell_with_the_rows_of_z_turned(torchs: nn.GRUCell, given: tuple[Tensor, Tensor]):
    turned = with_z_turned(list(torchs.parameters()))
    assert torch.allclose(gru_cell(*given, *turned, update="chung"), torchs(*given))


@pytest.mark.parametrize(("update", "reset"), CONVENTIONS)
def test_by_every_convention_it_is_the_equations_number_by_number(
    torchs: nn.GRUCell, given: tuple[Tensor, Tensor], update: str, reset: str
):
    w, u, b, v = (weight.tolist() for weight in torchs.parameters())
    assert torch.allclose(
        gru_cell(*given, *torchs.parameters(), update=update, reset=reset),
        torch.tensor([
            by_the_equations(x, h, w, u, b, v, update, reset)
            for x, h in zip(given[0].tolist(), given[1].tolist(), strict=True)
        ], dtype=torch.float64),
    )  # fmt: skip


def by_the_equations(x, h, w, u, b, v, update: str, reset: str) -> list[float]:
    """Plain numbers, one row of the batch: no tensor, no chunk, no broadcast."""

    def product(matrix, row, vector):
        return sum(weight * number for weight, number in zip(matrix[row], vector, strict=True))

    def gate(row):
        return 1.0 / (1.0 + math.exp(-(product(w, row, x) + b[row] + product(u, row, h) + v[row])))

    r, z, out = [gate(j) for j in range(H)], [gate(H + j) for j in range(H)], []
    for j in range(H):
        row = 2 * H + j
        if reset == "after":
            recurrent = r[j] * (product(u, row, h) + v[row])
        else:
            recurrent = product(u, row, [gate * number for gate, number in zip(r, h, strict=True)]) + v[row]
        n = math.tanh(product(w, row, x) + b[row] + recurrent)
        out.append((1 - z[j]) * n + z[j] * h[j] if update == "cho" else z[j] * n + (1 - z[j]) * h[j])
    return out


@pytest.mark.parametrize(("update", "reset"), CONVENTIONS)
def test_gradients_of_all_it_takes_are_right_numerically(
    torchs: nn.GRUCell, given: tuple[Tensor, Tensor], update: str, reset: str
):
    leaves = [tensor.requires_grad_() for tensor in given]
    assert torch.autograd.gradcheck(
        lambda *tensors: gru_cell(*tensors, update=update, reset=reset), (*leaves, *torchs.parameters())
    )


def test_its_weights_are_three_quarters_of_an_lstm_s(torchs: nn.GRUCell):
    counts = [sum(weight.numel() for weight in cell.parameters()) for cell in (torchs, nn.LSTMCell(D, H))]
    assert counts == [3 * H * (D + H + 2), 4 * H * (D + H + 2)]
