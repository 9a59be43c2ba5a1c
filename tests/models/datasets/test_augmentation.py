import torch

from models.datasets.augmentation import random_crop, random_mirror


def images():
    return torch.arange(1.0, 1 + 64 * 2 * 5 * 5).view(64, 2, 5, 5)


def test_a_crop_is_a_window_of_the_padded_image_and_every_place_occurs():
    x = images()
    cropped = random_crop(x, 1, -7.0, torch.Generator().manual_seed(0))
    padded = torch.nn.functional.pad(x, (1, 1, 1, 1), value=-7.0)
    places = set()
    for before, after in zip(padded, cropped, strict=True):
        found = [(i, j) for i in range(3) for j in range(3) if torch.equal(before[:, i : i + 5, j : j + 5], after)]
        assert len(found) == 1
        places.add(found[0])
    assert len(places) == 9


def test_a_mirror_turns_about_half_of_the_images_left_to_right():
    x = images()
    mirrored = random_mirror(x, torch.Generator().manual_seed(0))
    turned = [torch.equal(after, before.flip(-1)) for before, after in zip(x, mirrored, strict=True)]
    kept = [torch.equal(after, before) for before, after in zip(x, mirrored, strict=True)]
    assert all(one or other for one, other in zip(turned, kept, strict=True))
    assert 16 < sum(turned) < 48


def test_chance_comes_from_the_generator_alone():
    x = images()
    torch.manual_seed(1)
    first = random_mirror(random_crop(x, 2, 0.0, g := torch.Generator().manual_seed(5)), g)
    torch.manual_seed(2)
    second = random_mirror(random_crop(x, 2, 0.0, g := torch.Generator().manual_seed(5)), g)
    assert torch.equal(first, second)
