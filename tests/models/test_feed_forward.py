import pytest
import torch
from torch import Tensor, nn

from models.feed_forward import FeedForward

D, F = 4, 6


@pytest.fixture
def ours() -> FeedForward:
    torch.manual_seed(0)
    return FeedForward(D, F).double()


@pytest.fixture
def x() -> Tensor:
    torch.manual_seed(1)
    return torch.randn(2, 3, D, dtype=torch.float64)


def test_it_is_what_torch_s_encoder_layer_does_after_its_attention(ours: FeedForward, x: Tensor):
    """With the attention's last map at 0, two norms as they start are all that stands around its feed-forward."""
    theirs = nn.TransformerEncoderLayer(D, 1, F, dropout=0.0, batch_first=True, dtype=torch.float64)
    nn.init.zeros_(theirs.self_attn.out_proj.weight)
    nn.init.zeros_(theirs.self_attn.out_proj.bias)
    theirs.linear1.load_state_dict(ours.w_1.state_dict())
    theirs.linear2.load_state_dict(ours.w_2.state_dict())
    normal = nn.functional.layer_norm(x, (D,))
    assert torch.allclose(nn.functional.layer_norm(normal + ours(normal), (D,)), theirs(x))


def test_number_by_number_it_is_equation_2(ours: FeedForward, x: Tensor):
    w_1, b_1, w_2, b_2 = (parameter.tolist() for parameter in ours.parameters())
    for token, found in zip(x.flatten(0, 1).tolist(), ours(x).flatten(0, 1).tolist(), strict=True):
        hidden = [max(0.0, sum(w_1[j][i] * token[i] for i in range(D)) + b_1[j]) for j in range(F)]
        expected = [sum(w_2[i][j] * hidden[j] for j in range(F)) + b_2[i] for i in range(D)]
        assert found == pytest.approx(expected)


def test_it_is_two_convolutions_with_kernels_of_one_position(ours: FeedForward, x: Tensor):
    """Section 3.3 says so."""
    hidden = nn.functional.conv1d(x.mT, ours.w_1.weight[:, :, None], ours.w_1.bias).relu()
    expected = nn.functional.conv1d(hidden, ours.w_2.weight[:, :, None], ours.w_2.bias).mT
    assert torch.allclose(ours(x), expected)


def test_with_the_paper_s_widths_it_has_two_thirds_of_an_encoder_layer_s_matrices():
    with torch.device("meta"):
        ours = FeedForward(512, 2048)
    matrices = sum(parameter.numel() for parameter in ours.parameters() if parameter.dim() == 2)
    assert matrices == 2 * 512 * 2048
    assert matrices / (matrices + 4 * 512 * 512) == pytest.approx(2 / 3)
    assert sum(parameter.numel() for parameter in ours.parameters()) == matrices + 2048 + 512
