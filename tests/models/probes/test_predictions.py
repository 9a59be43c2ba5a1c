import torch

from models.probes.predictions import Predictions


def seen():
    labels = torch.tensor([0, 0, 1, 1, 2, 2, 2])
    predicted = torch.tensor([0, 1, 1, 0, 2, 0, 1])
    return Predictions(labels, predicted, torch.tensor([0.9, 0.6, 0.8, 0.99, 0.7, 0.6, 0.5]))


def test_rows_of_the_confusion_matrix_are_what_an_image_is_and_columns_what_it_is_taken_for():
    assert seen().confusion(4).tolist() == [[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 0, 0]]


def test_the_surest_mistake_comes_first_and_of_equal_ones_the_earlier():
    assert seen().worst().tolist() == [3, 1, 5, 6]
