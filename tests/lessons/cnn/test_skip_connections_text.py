"""Each number and equation of the lesson on skip connections, computed again."""

import math
import re
from pathlib import Path

import pytest
import torch

from models.blocks import BasicBlock
from models.figures.gradient_by_depth import answer
from models.resnet import ResNet

TEXT = (Path(__file__).parents[3] / "lessons/cnn/skip_connections.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def among(fewest: int, most: int) -> float:
    """The share of the paths through 27 blocks that take so many branches."""
    return sum(math.comb(27, k) for k in range(fewest, most + 1)) / 2**27


def test_the_small_numbers():
    assert pytest.approx(0.000000007, rel=0.1) == 0.5**27
    says("0.5^27 = 0.000000007", f"1.5^27 = {1.5**27:,.0f}")
    says(f"that is {2**27:,}", f"a spread {math.sqrt(2**27):,.0f} times")
    says(f"0.8^27 = {0.8**27:.4f}")
    likely = sorted(range(28), key=lambda k: -math.comb(27, k))[:2]
    assert sorted(likely) == [13, 14]
    says(f"{among(13, 14):.0%} take 13 or 14 branches", f"{among(9, 18):.0%} take 9 to 18")


def test_parameters_with_option_a_and_b():
    counts = [sum(p.numel() for p in ResNet(shortcut=option).parameters()) for option in "AB"]
    says(f"ResNet-20 has {counts[0]:,}, with B {counts[1]:,}")
    projection = [sum(p.numel() for n, p in BasicBlock(c, 2 * c, 2, "B").named_parameters() if "short" in n)
                  for c in (16, 32)]  # fmt: skip
    assert projection == [2 * c * c + 4 * c for c in (16, 32)]
    assert sum(projection) == counts[1] - counts[0]


def test_a_block_whose_last_normalisation_is_0_hands_on_what_came_out_of_a_relu():
    block, x = BasicBlock(4, 4), torch.randn(3, 4, 5, 5).relu()
    for parameter in (block.get_parameter("bn2.weight"), block.get_parameter("bn2.bias")):
        torch.nn.init.zeros_(parameter)
    assert torch.equal(block(x), x)


def test_the_gradient_of_a_sum_is_the_product_of_page_4():
    generator = torch.Generator().manual_seed(0)
    maps = [torch.randn(3, 3, generator=generator, dtype=torch.float64) for _ in range(4)]
    x = torch.randn(3, generator=generator, dtype=torch.float64)

    def stream(x):
        for matrix in maps:
            x = x + torch.tanh(matrix @ x)
        return x

    product, here = torch.eye(3, dtype=torch.float64), x
    for matrix in maps:
        jacobian = torch.diag(1 - torch.tanh(matrix @ here) ** 2) @ matrix
        product = (torch.eye(3, dtype=torch.float64) + jacobian) @ product
        here = here + torch.tanh(matrix @ here)
    torch.testing.assert_close(torch.autograd.functional.jacobian(stream, x), product)


@pytest.mark.parametrize(("column", "variance"), [(1, "2/fan"), (2, "1/fan")])
def test_the_measured_table_is_what_the_figure_measures(column: int, variance: str):
    arms = answer({"depth": 56, "variance": variance, "seed": 0})["arms"]
    for name, arm in arms.items():
        (line,) = re.findall(rf"^\| {name} \|.*$", TEXT, re.MULTILINE)
        told = float(line.split("|")[column + 1].replace(",", ""))
        assert arm["stream"][0] / arm["stream"][-1] == pytest.approx(told, rel=0.25), name
