"""The text that a recurrent net is looked at on: what was asked for, or a passage of the held-out text."""

from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor

from models.run_errors import BadQuestion
from models.tasks.character_model import CharacterModel
from models.trained_net import TrainedNet

LONGEST = 2000


class NotOfText(BadQuestion):
    """The picture is of a character model, and this run is none."""


def character_task(trained: TrainedNet, kind: str) -> CharacterModel:
    """The run's task, if it reads text."""
    if not isinstance(trained.task, CharacterModel):
        thing = f"{trained.run.id} reads no text, so there is no picture {kind} of it."
        raise NotOfText(thing, trained.run.id, "ask for it of a run of project rnn on plays or shakespeare")
    return trained.task


def passage(task: CharacterModel, asked: object, length: int) -> str:
    """The text asked for, else so many characters of the held-out text, from the first speech that fits whole."""
    if isinstance(asked, str) and asked:
        task.dataset.encode(asked)  # refuses what the model has never seen
        return asked[:LONGEST]
    text = task.dataset.decode(task.dataset.held_out_ids[: 20 * length])
    start = text.find("\n\n") + 2 if "\n\n" in text else 0
    return text[start : start + length]


@torch.no_grad()
def embedded(task: CharacterModel, text: str) -> Float[Tensor, "T D"]:
    """What the first layer reads."""
    return task.net.embedding(ids_of(task, text))


def ids_of(task: CharacterModel, text: str) -> Int[Tensor, " T"]:
    return task.dataset.encode(text).to(task.placement.device)


def whole(question: dict[str, Any], key: str, highest: int) -> int:
    """A whole number from 0 to `highest` of the question; 0 where it is not said."""
    value = question.get(key, 0)
    if type(value) is not int or not 0 <= value <= highest:
        raise BadQuestion(f"{key} cannot be {value}.", key, f"use a whole number from 0 to {highest}")
    return value


def rounded(values: Tensor) -> list[Any]:
    """For JSON, to three places."""
    return [[round(each, 3) for each in row] for row in values.tolist()] if values.ndim == 2 else [
        round(each, 3) for each in values.tolist()
    ]  # fmt: skip
