import pytest
import torch
from torch import Tensor, nn

from models.embeddings import Embeddings

V, D = 7, 5
OUTPUTS = ["tied", "untied"]


@pytest.fixture
def ids() -> Tensor:
    return torch.tensor([[3, 0, 3], [6, 1, 0]])


@pytest.fixture
def x() -> Tensor:
    torch.manual_seed(1)
    return torch.randn(2, 3, D, dtype=torch.float64)


def made(output: str) -> Embeddings:
    torch.manual_seed(0)
    return Embeddings(V, D, output=output).double()


@pytest.mark.parametrize("output", OUTPUTS)
def test_it_is_torch_s_table_and_linear_map_in_values_and_gradients(output: str, ids: Tensor, x: Tensor):
    """The paper's factor aside, which torch's table has not."""
    ours = made(output)
    table = nn.Embedding(V, D, dtype=torch.float64)
    table.load_state_dict({"weight": ours.weight.data})
    linear = nn.Linear(D, V, bias=False, dtype=torch.float64)
    linear.load_state_dict({"weight": (ours.weight if output == "tied" else ours.projection).data})
    found, expected = (ours(ids), ours.logits(x)), (5**0.5 * table(ids), linear(x))
    assert all(map(torch.allclose, found, expected))
    gradients = torch.autograd.grad(sum_of_sines(*found), list(ours.parameters()))
    way_in, way_out = torch.autograd.grad(sum_of_sines(*expected), (table.weight, linear.weight))
    wanted = (way_in + way_out,) if output == "tied" else (way_in, way_out)
    assert [name for name, _ in ours.named_parameters()] == ["weight", "projection"][: len(wanted)]
    assert all(map(torch.allclose, gradients, wanted))


def sum_of_sines(one: Tensor, other: Tensor) -> Tensor:
    return one.sin().sum() + other.sin().sum()


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_token_stands_for_its_row_and_a_score_is_a_product_with_it(output: str, ids: Tensor, x: Tensor):
    ours = made(output)
    rows = ours.weight.tolist()
    assert ours(ids)[1, 0].tolist() == pytest.approx([5**0.5 * number for number in rows[6]])
    out = rows if output == "tied" else ours.projection.tolist()
    scores = [sum(a * b for a, b in zip(x[0, 2].tolist(), row, strict=True)) for row in out]
    assert ours.logits(x)[0, 2].tolist() == pytest.approx(scores)


def test_vectors_start_with_entries_of_about_1_and_so_do_scores_of_a_normalised_token():
    torch.manual_seed(2)
    ours = Embeddings(1000, 64)
    tokens = nn.functional.layer_norm(torch.randn(50, 64), (64,))
    with torch.no_grad():
        assert float(ours(torch.arange(1000)).std()) == pytest.approx(1.0, rel=0.02)
        assert float(ours.logits(tokens).std()) == pytest.approx(1.0, rel=0.05)


@pytest.mark.parametrize(("output", "count"), [("tied", 37_000 * 512), ("untied", 2 * 37_000 * 512)])
def test_tying_saves_as_many_numbers_as_the_table_has(output: str, count: int):
    with torch.device("meta"):
        ours = Embeddings(37_000, 512, output=output)
    assert sum(parameter.numel() for parameter in ours.parameters()) == count
