from dataclasses import replace

import pytest
import torch

from models.data_store import DataStore
from models.datasets.digits import load_digits
from models.tasks.training_views import TrainingViews, resized

SETTINGS = {"augment": True, "mirroring": "alternate"}


@pytest.fixture
def views(tmp_path):
    """Views of images that may be mirrored and are never moved, so that only mirroring can change them."""
    dataset = replace(load_digits(DataStore(tmp_path)), mirrors=True, crop_padding=0)
    return lambda **changes: TrainingViews(
        dataset, SETTINGS | changes, 0.0, torch.Generator().manual_seed(1), torch.Generator().manual_seed(2)
    )


def test_two_epochs_in_a_row_show_both_sides_of_every_image(views):
    seen, chosen = views(), torch.arange(40, 60)
    images = torch.rand(20, 1, 32, 32)
    first, second, third = (seen.view(images, chosen, epoch) for epoch in (0, 1, 2))
    assert torch.equal(first, second.flip(-1))
    assert torch.equal(first, third)
    mirrored = [not torch.equal(one, other) for one, other in zip(first, images, strict=True)]
    assert 4 < sum(mirrored) < 16
    alone = seen.view(images[3:5], chosen[3:5], 0)
    assert torch.equal(alone, first[3:5])  # an image's side is its own, not its place's in the batch


def test_chance_decides_each_time_where_the_recipe_says_random(views):
    seen, chosen, images = views(mirroring="random"), torch.arange(20), torch.rand(20, 1, 32, 32)
    assert not torch.equal(seen.view(images, chosen, 0), seen.view(images, chosen, 2))


def test_without_augmentation_an_image_is_seen_as_it_is(views):
    images = torch.rand(3, 1, 32, 32)
    assert torch.equal(views(augment=False).view(images, torch.arange(3), 1), images)


def test_a_smaller_image_shows_the_same_mean_and_the_last_steps_have_them_as_they_are():
    images = torch.rand(5, 3, 32, 32)
    settings = {"first_size": 16, "grown_after": 0.5}
    small = resized(images, settings, 0, 100)
    assert small.shape == (5, 3, 16, 16)
    assert torch.allclose(small.mean((2, 3)), images.mean((2, 3)), atol=0.01)
    assert resized(images, settings, 50, 100) is images
    assert resized(images, {"first_size": 0, "grown_after": 0.5}, 0, 100) is images
