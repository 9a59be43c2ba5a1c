"""What the pooling lesson and its questions say in numbers, computed again by the references and by torch."""

import math

import pytest
import torch
from torch.nn import functional

from lessons.catalog import lessons_by_id
from lessons.questions.bank import questions_file, read_questions
from lessons.questions.numeric import NumericVariant
from models.pooling import avg_pool2d, max_pool2d, max_pool2d_backward
from models.receptive_field import receptive_field

LESSON = lessons_by_id()["cnn/pooling"]
PAGES = LESSON.pages
QUESTIONS = {question.id.split("/")[-1]: question for question in read_questions(questions_file(LESSON))}
SEEDS = range(40)


def page(title: str) -> str:
    """The words of one page, every run of spaces made one."""
    found = next(text for text in PAGES if text.lstrip("# ").startswith(title))
    return " ".join(found.split())


def variants(name: str) -> list[NumericVariant]:
    made = [QUESTIONS[name].variant(seed) for seed in SEEDS]
    return [variant for variant in made if isinstance(variant, NumericVariant)]


def row(numbers: list[float]) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)[None, None, None]


def test_the_size_depends_on_the_stride():
    pooled = max_pool2d(torch.zeros(1, 1, 32, 32), (3, 3), 2, 1)
    assert pooled.shape[-2:] == (16, 16)
    assert "floor((32 + 2 - 3) / 2) + 1 = 16" in page("One window")


def test_each_stage_of_resnet_20_costs_the_same_and_holds_half_as_many_numbers():
    for channels, side in ((16, 32), (32, 16), (64, 8)):
        layer = {"kind": "conv", "kernel_size": 3, "padding": 1, "out_channels": channels, "bias": False}
        assert receptive_field([layer], channels, side, side)[0]["macs"] == 2_359_296
        assert f"{channels} x {side} x {side} = {channels * side * side:,}" in page("What it saves")
    assert "2,359,296" in page("What it saves")


def test_relu_changes_places_with_the_maximum_and_not_with_the_mean():
    x = row([-3, 1])
    assert max_pool2d(x, (1, 2), 2).relu().item() == max_pool2d(x.relu(), (1, 2), 2).item() == 1
    assert (avg_pool2d(x, (1, 2), 2).relu().item(), avg_pool2d(x.relu(), (1, 2), 2).item()) == (0, 0.5)
    assert "ReLU(-1) = 0 < (0 + 1)/2" in page("What is lost")


def test_a_mean_and_a_convolution_are_one_convolution_and_a_maximum_is_none():
    x, w = torch.randn(1, 1, 12, 12, dtype=torch.float64), torch.randn(1, 1, 3, 3, dtype=torch.float64)
    wide = functional.interpolate(w, scale_factor=2) / 4
    assert wide.shape[-2:] == (6, 6)
    torch.testing.assert_close(functional.conv2d(avg_pool2d(x, (2, 2), 2), w), functional.conv2d(x, wide, stride=2))
    z = torch.randn_like(x)
    both, each = max_pool2d(x + z, (2, 2), 2), max_pool2d(x, (2, 2), 2) + max_pool2d(z, (2, 2), 2)
    assert (both <= each).all()
    assert (both < each).double().mean() > 0.5


def test_the_counter_example_changes_everywhere_and_the_mean_is_no_better():
    x = row([0, 0, 1, 1, 0, 0, 1, 1])
    for pool, before, after in ((max_pool2d, [0, 1, 0, 1], [1, 1, 1, 1]), (avg_pool2d, [0, 1, 0, 1], [0.5] * 4)):
        assert pool(x, (1, 2), 2).flatten().tolist() == before
        assert pool(x.roll(1, 3), (1, 2), 2).flatten().tolist() == after
    text = page("Small shifts")
    assert "x 0 0 1 1 0 0 1 1 max of 2, stride 2: 0 1 0 1" in text
    assert "by one 1 0 0 1 1 0 0 1 1 1 1 1" in text


def test_a_shift_by_the_stride_moves_the_pooled_map_by_one():
    x = torch.randn(1, 1, 4, 12, dtype=torch.float64)
    assert max_pool2d(x.roll(2, 3), (2, 2), 2).equal(max_pool2d(x, (2, 2), 2).roll(1, 3))
    assert not max_pool2d(x.roll(1, 3), (2, 2), 2).equal(max_pool2d(x, (2, 2), 2))


def test_torch_gives_ties_to_the_first_and_its_amax_to_all_alike():
    x = torch.full((1, 1, 2, 2), 5.0, requires_grad=True)
    functional.max_pool2d(x, 2).sum().backward()
    assert x.grad is not None
    assert x.grad.flatten().tolist() == [1, 0, 0, 0]
    x.grad = None
    x.amax(dim=(2, 3)).sum().backward()
    assert x.grad is not None
    assert x.grad.flatten().tolist() == [0.25] * 4
    x = torch.full((1, 1, 2, 2), -1.0, requires_grad=True)
    functional.max_pool2d(x.relu(), 2).sum().backward()
    assert x.grad is not None
    assert not x.grad.any()  # windows full of zeros behind a ReLU do no harm


def test_the_corner_of_a_bright_image_is_darkened_only_if_the_padding_is_counted():
    ones = torch.ones(1, 1, 5, 5)
    assert functional.avg_pool2d(ones, 3, 1, 1)[0, 0, 0, 0].item() == pytest.approx(4 / 9)
    assert avg_pool2d(ones, (3, 3), 1, 1)[0, 0, 0, 0].item() == 1
    assert functional.avg_pool2d(ones, 3, 1, 1, count_include_pad=False)[0, 0, 0, 0].item() == 1
    assert f"4 / 9 = {4 / 9:.2f}" in page("Padding is no pixel")


def test_what_the_global_average_saves():
    flat, mean = torch.nn.Linear(64 * 8 * 8, 10), torch.nn.Linear(64, 10)
    flat_count, mean_count = (sum(p.numel() for p in layer.parameters()) for layer in (flat, mean))
    text = page("The whole map")
    assert f"4096 x 10 + 10 = {flat_count:,}" in text
    assert f"64 x 10 + 10 = {mean_count}" in text
    maps = torch.randn(1, 64, 8, 8)
    per_place = mean(maps.movedim(1, -1)).mean(dim=(1, 2))
    torch.testing.assert_close(mean(maps.mean(dim=(2, 3))), per_place)


def conv(x: torch.Tensor, stride: int) -> torch.Tensor:
    return functional.conv2d(x, torch.ones(1, 1, 3, 3, dtype=x.dtype), stride=stride, padding=1)


@pytest.mark.parametrize(
    ("way", "expected", "tolerance"),
    [
        (lambda x: functional.max_pool2d(conv(x, 1), 2), 2.25, 0.05),
        (lambda x: conv(functional.max_pool2d(x, 2), 1), 2.25, 0.05),
        (lambda x: conv(x, 2), 2.25, 0.05),
        (lambda x: conv(x, 1), 9, 0.1),
    ],
)
def test_the_paths_back_to_a_pixel_in_the_table_of_ways(way, expected, tolerance):
    x = torch.rand(1, 1, 512, 512, dtype=torch.float64, requires_grad=True)
    way(x).sum().backward()
    assert x.grad is not None
    assert x.grad.mean().item() == pytest.approx(expected, abs=tolerance)
    if expected < 9:
        assert f"{expected}" in page("Why this and not")


def test_weights_and_work_in_the_table_of_ways():
    layer = {"kind": "conv", "kernel_size": 3, "padding": 1, "out_channels": 32, "bias": False}
    whole, strided = (receptive_field([{**layer, "stride": s}], 16, 32, 32)[0] for s in (1, 2))
    pooled = receptive_field([{"kind": "pool", "kernel_size": 2}, layer], 16, 32, 32)[1]
    assert (whole["macs"], strided["macs"], pooled["macs"]) == (4_718_592, 1_179_648, 1_179_648)
    assert whole["parameters"] == 4608
    assert all(f"{count:,}" in page("Why this and not") for count in (4608, 4_718_592, 1_179_648))


def test_a_bright_pixel_stays_as_often_as_the_first_question_says():
    for variant in variants("how-blind"):
        k, a = int(variant.values["k"]), int(variant.values["a"])
        stays = 0
        for column in range(k, 2 * k):
            before, after = (
                torch.zeros(1, 1, 1, 4 * k).index_fill(3, torch.tensor(at), 1.0) for at in (column, column + a)
            )
            stays += max_pool2d(before, (1, k), k).equal(max_pool2d(after, (1, k), k))
        assert variant.answer == pytest.approx(stays / k)


def test_random_maps_keep_as_many_outputs_as_the_question_says():
    generator = torch.Generator().manual_seed(0)
    for values in {tuple(sorted(variant.values.items())): variant for variant in variants("kept-by-chance")}.values():
        k, a = int(values.values["k"]), int(values.values["a"])
        x = torch.rand(1, 1, 60 * k, 60 * k, generator=generator)
        kept = (max_pool2d(x, (k, k), k) == max_pool2d(x.roll(a, 3), (k, k), k))[..., 1:].double()
        assert kept.mean().item() == pytest.approx(values.answer, abs=5 * math.sqrt(0.25 / kept.numel()))


def test_the_gradient_of_two_windows_is_what_the_question_says():
    for variant in variants("two-windows"):
        x = row([variant.values[f"x{i}"] for i in range(5)])
        dx = max_pool2d_backward(row([variant.values["g0"], variant.values["g1"]]), x, (1, 3), 2)
        assert variant.answer == dx[0, 0, 0, 2].item()
