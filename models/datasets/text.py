"""A text as numbers: one id a character, a part to train on and a part that is held out."""

from dataclasses import dataclass
from typing import Any

import torch
from jaxtyping import Int
from torch import Tensor

from models.data_store import DataEntry, DataError


class UnknownCharacter(DataError):
    """A text has a character that the data set never had."""

    exit_code = 2


@dataclass(frozen=True)
class TextDataset:
    """A character's id is its place in `symbols`; the parts are contiguous pieces of the text, in its order."""

    name: str
    source: str
    checksum: str
    comparable: bool  # whether a result on it may be held against published ones
    symbols: str
    train_ids: Int[Tensor, " N"]
    validation_ids: Int[Tensor, " M"]  # may be empty
    held_out_ids: Int[Tensor, " R"]

    def encode(self, text: str) -> Int[Tensor, " T"]:
        """The ids of a text; a character that the model has never seen is `DataError`."""
        places = {symbol: place for place, symbol in enumerate(self.symbols)}
        unknown = next((symbol for symbol in text if symbol not in places), None)
        if unknown is not None:
            thing = f"The character {unknown!r} does not occur in {self.name}, so the model has never seen it."
            raise UnknownCharacter(thing, "the text", f"use these: {self.symbols.strip()}")
        return torch.tensor([places[symbol] for symbol in text], dtype=torch.int64)

    def decode(self, ids: Int[Tensor, " T"]) -> str:
        """The text of these ids."""
        return "".join(self.symbols[place] for place in ids.tolist())

    def facts(self) -> dict[str, Any]:
        """What a run's config keeps of its data."""
        return {
            "name": self.name,
            "source": self.source,
            "checksum": self.checksum,
            "comparable": self.comparable,
            "examples": {"train": len(self.train_ids), "held_out": len(self.held_out_ids)},
            "symbols": self.symbols,
        }


def text_dataset(entry: DataEntry, train: str, held_out: str) -> TextDataset:
    """Number the characters of both parts; all symbols of either are known, so that no character is a surprise."""
    symbols = "".join(sorted(set(train) | set(held_out)))
    places = {symbol: place for place, symbol in enumerate(symbols)}
    ids = [torch.tensor([places[symbol] for symbol in part], dtype=torch.int64) for part in (train, "", held_out)]
    return TextDataset(entry.name, entry.source, entry.checksum, entry.comparable, symbols, *ids)
