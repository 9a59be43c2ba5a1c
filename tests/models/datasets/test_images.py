import torch

from models.datasets.images import Standardisation


def bytes_of_images():
    return torch.randint(0, 256, (7000, 3, 4, 4), generator=torch.Generator().manual_seed(0), dtype=torch.uint8)


def test_per_channel_standardisation_gives_mean_zero_and_deviation_one():
    images = bytes_of_images()
    images[:, 1] //= 4
    x = Standardisation(images, "channel")(images)
    assert x.mean((0, 2, 3)).abs().max() < 1e-4
    assert (x.std((0, 2, 3)) - 1).abs().max() < 1e-3


def test_per_pixel_subtracts_the_mean_image_and_does_not_scale():
    images = bytes_of_images()
    standardise = Standardisation(images, "pixel")
    expected = images[:5].float() / 255 - (images.double() / 255).mean(0).float()
    assert standardise.mean.shape == (1, 3, 4, 4)
    assert torch.allclose(standardise(images[:5]), expected, atol=1e-6)


def test_black_is_what_a_black_pixel_becomes():
    images = torch.rand(100, 1, 4, 4)
    standardise = Standardisation(images, "channel")
    assert abs(standardise(torch.zeros(1, 1, 4, 4)).mean() - standardise.black()) < 1e-6
