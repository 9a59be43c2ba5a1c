import math

import pytest
import torch

from models.positional_encoding import positional_encoding

LAYOUTS = ["interleaved", "concatenated"]


@pytest.fixture(autouse=True)
def _in_float64():
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def printed_in_the_paper(pos: int, column: int, d: int) -> float:
    """Plain numbers: PE(pos, 2i) and PE(pos, 2i + 1)."""
    i = column // 2
    angle = pos / 10000 ** (2 * i / d)
    return math.cos(angle) if column % 2 else math.sin(angle)


@pytest.mark.parametrize(("n", "d"), [(7, 6), (1, 4), (5, 2), (3, 64)])
def test_number_by_number_it_is_what_the_paper_prints(n: int, d: int):
    expected = torch.tensor([[printed_in_the_paper(pos, column, d) for column in range(d)] for pos in range(n)])
    assert torch.allclose(positional_encoding(n, d), expected)


def test_concatenated_is_interleaved_with_its_columns_sorted_by_parity():
    interleaved, concatenated = (positional_encoding(9, 10, layout=layout) for layout in LAYOUTS)
    assert torch.equal(concatenated, torch.cat([interleaved[:, 0::2], interleaved[:, 1::2]], dim=1))


def test_wavelengths_go_from_2_pi_nearly_to_10000_times_2_pi():
    """Section 3.5 says "from 2 pi to 10000 2 pi"; the last of d/2 waves falls short of it by 10000^(2/d)."""
    d = 512
    first, last = positional_encoding(2, d)[1, [0, d - 2]].asin().tolist()  # angles of one step
    assert 2 * math.pi / first == pytest.approx(2 * math.pi)
    assert 2 * math.pi / last == pytest.approx(2 * math.pi * 10000 ** (1 - 2 / d))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_product_of_two_positions_is_a_sum_of_cosines_of_their_distance(layout: str):
    n, d = 20, 8
    encoding = positional_encoding(n, d, layout=layout)
    rates = [10000 ** (-2 * i / d) for i in range(d // 2)]
    expected = [[sum(math.cos((p - q) * rate) for rate in rates) for q in range(n)] for p in range(n)]
    assert torch.allclose(encoding @ encoding.T, torch.tensor(expected))


def test_a_shift_turns_each_pair_whatever_the_position():
    """Section 3.5: PE(pos + k) is a linear function of PE(pos)."""
    d, k = 6, 4
    encoding = positional_encoding(12, d)
    blocks = []
    for i in range(d // 2):
        angle = k / 10000 ** (2 * i / d)
        blocks.append(torch.tensor([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]))
    assert torch.allclose(encoding[:-k] @ torch.block_diag(*blocks).T, encoding[k:])


def test_it_follows_torch_s_default_type():
    assert positional_encoding(3, 4).dtype == torch.float64
    torch.set_default_dtype(torch.float32)
    assert positional_encoding(3, 4).dtype == torch.float32
