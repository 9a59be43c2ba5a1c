from typing import Any

import torch

from models.data_store import DataStore
from models.datasets.digits import every_fifth_of_each_class, load_digits


def test_the_digits_are_scikit_learns_enlarged_and_split_four_to_one_in_each_class(tmp_path):
    from sklearn.datasets import load_digits as sklearn_digits

    dataset = load_digits(DataStore(tmp_path))
    theirs: Any = sklearn_digits()
    held_out = every_fifth_of_each_class(torch.from_numpy(theirs.target))
    assert dataset.train_images.shape == (1442, 1, 32, 32)
    assert dataset.held_out_images.shape == (355, 1, 32, 32)
    assert torch.equal(dataset.held_out_labels, torch.from_numpy(theirs.target)[held_out])
    # Enlarging by four in bilinear steps keeps each small pixel's neighbourhood: the mean hardly moves.
    small = torch.from_numpy(theirs.images)[~held_out].float() / 16
    assert (dataset.train_images.mean((1, 2, 3)) - small.mean((1, 2))).abs().max() < 0.02
    share = dataset.held_out_labels.bincount() / (dataset.train_labels.bincount() + dataset.held_out_labels.bincount())
    assert ((share - 0.2).abs() < 0.01).all()


def test_the_split_is_the_same_every_time_and_shares_no_image(tmp_path):
    first, second = load_digits(DataStore(tmp_path)), load_digits(DataStore(tmp_path))
    assert torch.equal(first.train_images, second.train_images)
    train = {image.numpy().tobytes() for image in first.train_images}
    assert not any(image.numpy().tobytes() in train for image in first.held_out_images)


def test_what_the_data_store_says_of_the_digits_is_what_is_loaded(tmp_path):
    entry = DataStore(tmp_path).require("digits")
    facts = load_digits(DataStore(tmp_path)).facts()
    assert entry.examples == {"train": facts["train"], "held_out": facts["held_out"]}
    assert facts["checksum"] == entry.checksum
    assert facts["comparable"] is False
