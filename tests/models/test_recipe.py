import math
from collections import Counter

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from models.recipe import accuracy, augment, learning_rate, random_crop, random_mirror


def images():
    return torch.arange(1.0, 1 + 64 * 2 * 5 * 5).view(64, 2, 5, 5)


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_rate_is_that_of_torchs_multi_step_schedule_at_every_iteration():
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.1)
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[320, 480])
    for iteration in range(640):
        assert learning_rate(iteration, drops=(320, 480)) == pytest.approx(schedule.get_last_lr()[0], rel=1e-12)
        optimizer.step()
        schedule.step()


@pytest.mark.parametrize(
    ("iteration", "rate"), [(0, 0.1), (31_999, 0.1), (32_000, 0.01), (47_999, 0.01), (48_000, 0.001), (63_999, 0.001)]
)
def test_the_papers_rate_is_divided_by_ten_from_32k_and_from_48k_on(iteration: int, rate: float):
    assert learning_rate(iteration) == rate


def test_a_crop_is_a_window_of_the_padded_image_and_every_place_occurs():
    x = images()
    cropped = random_crop(x, 1, -7.0, seeded(0))
    padded = nn.functional.pad(x, (1, 1, 1, 1), value=-7.0)
    places = set()
    for before, after in zip(padded, cropped, strict=True):
        found = [(i, j) for i in range(3) for j in range(3) if torch.equal(before[:, i : i + 5, j : j + 5], after)]
        assert len(found) == 1
        places.add(found[0])
    assert len(places) == 9


def test_a_mirror_turns_about_half_of_the_images_left_to_right():
    x = images()
    mirrored = random_mirror(x, seeded(0))
    turned = [torch.equal(after, before.flip(-1)) for before, after in zip(x, mirrored, strict=True)]
    kept = [torch.equal(after, before) for before, after in zip(x, mirrored, strict=True)]
    assert all(one or other for one, other in zip(turned, kept, strict=True))
    assert 16 < sum(turned) < 48


def test_chance_comes_from_the_generator_alone():
    x = images()
    torch.manual_seed(1)
    first = random_mirror(random_crop(x, 2, 0.0, g := seeded(5)), g)
    torch.manual_seed(2)
    second = random_mirror(random_crop(x, 2, 0.0, g := seeded(5)), g)
    assert torch.equal(first, second)


def test_a_training_image_is_one_of_162_views_and_all_are_equally_likely():
    """An independent oracle: every view is cut out by slices, and the counts pass a chi-square test."""
    image = torch.arange(1.0, 1 + 6 * 7).view(1, 6, 7)
    padded = nn.functional.pad(image, (4, 4, 4, 4))
    views = {}
    for row in range(9):
        for column in range(9):
            view = padded[:, row : row + 6, column : column + 7]
            views[tuple(view.flatten().tolist())] = (row, column, False)
            views[tuple(view.flip(2).flatten().tolist())] = (row, column, True)
    assert len(views) == 162
    n = 16_200
    counts = Counter(views[tuple(v)] for v in augment(image.expand(n, 1, 6, 7), seeded(3)).flatten(1).tolist())
    chi_square = sum((counts[view] - n / 162) ** 2 / (n / 162) for view in views.values())
    assert chi_square < 161 + 6 * math.sqrt(2 * 161)


@pytest.mark.parametrize("dtype", [torch.uint8, torch.float16, torch.float64])
def test_augmented_images_keep_dtype_and_shape_and_leave_their_source_alone(dtype: torch.dtype):
    x = torch.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5).to(dtype)
    before = x.clone()
    y = augment(x, seeded(0))
    assert (y.dtype, y.shape) == (dtype, x.shape)
    assert torch.equal(x, before)


def test_accuracy_is_that_of_one_pass_over_everything_whatever_the_batch_size():
    torch.manual_seed(0)
    net = nn.Sequential(nn.BatchNorm2d(2), nn.Dropout(0.5), nn.Flatten(), nn.Linear(2 * 4 * 3, 5)).double()
    net(torch.randn(8, 2, 4, 3).double())  # running statistics of its own
    x, labels = torch.randn(23, 2, 4, 3).double(), torch.randint(0, 5, (23,))
    with torch.inference_mode():
        net.eval()
        wanted = sum(int(net(i)[0].topk(1).indices == n) for i, n in DataLoader(TensorDataset(x, labels))) / 23
    net.train()
    for batch_size in (1, 4, 22, 23, 50):
        assert accuracy(net, x, labels, batch_size) == wanted


def test_accuracy_puts_every_parts_mode_back_and_leaves_statistics_and_gradients_alone():
    net = nn.Sequential(nn.BatchNorm2d(2), nn.Sequential(nn.BatchNorm2d(2), nn.Flatten()), nn.Linear(8, 3))
    net[1].eval()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    accuracy(net, torch.randn(5, 2, 2, 2), torch.zeros(5, dtype=torch.long), 2)
    assert [part.training for part in net.modules()] == [True, True, False, False, False, True]
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert torch.is_grad_enabled()
