"""Tiny Shakespeare as a text data set."""

from models.data_store import DataStore
from models.datasets.text import TextDataset, text_dataset
from models.shakespeare_file import read_shakespeare


def load_shakespeare(store: DataStore) -> TextDataset:
    """The first nine tenths of the file to train on, the last one held out, in the order of the text."""
    return text_dataset(store.require("shakespeare"), *read_shakespeare(store))
