import math

import pytest
import torch
from torch import Tensor, nn

from models.attention import attention
from models.multi_head_attention import MultiHeadAttention

B, N, M, D, H = 2, 3, 5, 8, 4


@pytest.fixture
def heads() -> MultiHeadAttention:
    torch.manual_seed(0)
    return MultiHeadAttention(D, H, attention).double()


@pytest.fixture
def torchs(heads: MultiHeadAttention) -> nn.MultiheadAttention:
    """torch's layer with the same weights: the three input matrices in one."""
    theirs = nn.MultiheadAttention(D, H, bias=False, batch_first=True).double()
    layers = heads.w_q, heads.w_k, heads.w_v
    theirs.load_state_dict({
        "in_proj_weight": torch.cat([layer.weight for layer in layers]), "out_proj.weight": heads.w_o.weight,
    })  # fmt: skip
    return theirs


@pytest.fixture
def given() -> tuple[Tensor, Tensor, Tensor]:
    rng = torch.Generator().manual_seed(1)
    query, key, value = (torch.randn(B, places, D, generator=rng, dtype=torch.float64) for places in (N, M, M))
    return query, key, value


def test_it_is_torch_s_layer_weights_of_every_head_included(
    heads: MultiHeadAttention, torchs: nn.MultiheadAttention, given: tuple[Tensor, Tensor, Tensor]
):
    out, weights = heads(*given)
    theirs, their_weights = torchs(*given, average_attn_weights=False)
    assert torch.allclose(out, theirs)
    assert torch.allclose(weights, their_weights)


def test_with_padding_it_is_torch_s_layer_whose_mask_says_what_is_hidden(
    heads: MultiHeadAttention, torchs: nn.MultiheadAttention, given: tuple[Tensor, Tensor, Tensor]
):
    keep = torch.tensor([[True, True, True, False, False], [True, False, True, True, False]])
    theirs, _ = torchs(*given, key_padding_mask=~keep)
    assert torch.allclose(heads(*given, keep[:, None, None, :])[0], theirs)


def test_gradients_of_all_inputs_and_weights_are_torch_s_layer_s(
    heads: MultiHeadAttention, torchs: nn.MultiheadAttention, given: tuple[Tensor, Tensor, Tensor]
):
    leaves = [each.requires_grad_() for each in given]
    ours = torch.autograd.grad(heads(*leaves)[0].square().sum(), [*leaves, *heads.parameters()])
    theirs = torch.autograd.grad(torchs(*leaves)[0].square().sum(), [*leaves, *torchs.parameters()])
    expected = [*theirs[:3], *theirs[3].chunk(3), theirs[4]]
    assert all(map(torch.allclose, ours, expected))


@pytest.mark.parametrize("pieces", [[1, 1, 1, 1], [2, 1, 1], [3, 1]])
def test_piece_by_piece_with_a_cache_it_is_all_at_once_with_a_causal_mask(heads: MultiHeadAttention, pieces: list[int]):
    x = torch.randn(B, 4, D, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    causal = torch.ones(4, 4, dtype=torch.bool).tril()
    cache: dict[str, Tensor] = {}
    found, begun = [], 0
    for piece in x.split(pieces, dim=1):
        ended = begun + piece.shape[1]
        found.append(heads(piece, piece, piece, causal[begun:ended, :ended], cache)[0])
        begun = ended
    assert torch.allclose(torch.cat(found, 1), heads(x, x, x, causal)[0])
    assert cache["k"].shape == cache["v"].shape == (B, H, 4, D // H)


@pytest.mark.parametrize("num_heads", [1, 2, 8])
def test_it_has_four_times_d_squared_parameters_however_many_heads(num_heads: int):
    parameters = MultiHeadAttention(D, num_heads, attention).parameters()
    assert sum(parameter.numel() for parameter in parameters) == 4 * D**2


def test_heads_of_unequal_width_are_refused():
    with pytest.raises(ValueError, match="not divisible by 3"):
        MultiHeadAttention(D, 3, attention)


def test_with_matrices_of_ones_on_the_diagonal_one_head_is_attention_itself(given: tuple[Tensor, Tensor, Tensor]):
    heads = MultiHeadAttention(D, 1, attention).double()
    for layer in (heads.w_q, heads.w_k, heads.w_v, heads.w_o):
        nn.init.eye_(layer.weight)
    assert torch.allclose(heads(*given)[0], attention(*given)[0])


def test_what_attention_gives_for_weights_is_handed_on(given: tuple[Tensor, Tensor, Tensor]):
    marker = torch.zeros(())
    heads = MultiHeadAttention(D, H, lambda q, k, v, mask: (attention(q, k, v, mask)[0], marker)).double()
    assert heads(*given)[1] is marker


def test_scores_begin_with_a_variance_of_about_a_ninth():
    """nn.Linear's first weights have variance 1 / (3 d), so q and k have a third of their input's."""
    torch.manual_seed(3)
    seen: list[Tensor] = []

    def watched(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        seen.append(q @ k.mT / math.sqrt(q.shape[-1]))
        return attention(q, k, v, mask)

    heads, x = MultiHeadAttention(64, 4, watched), torch.randn(40, 10, 64)
    heads(x, x.flip(0), x)
    assert math.isclose(seen[0].var().item(), 1 / 9, rel_tol=0.15)
