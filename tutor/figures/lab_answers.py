"""What the lab has answered to a figure so far: going back to a setting asks nothing twice."""

from collections.abc import Mapping
from typing import Any


class LabAnswers:
    """The answers of one figure by the settings that each was asked for."""

    def __init__(self, figure: str) -> None:
        self.figure = figure
        self._answers: dict[tuple[Any, ...], dict[str, Any]] = {}

    def question(self, settings: Mapping[str, Any]) -> dict[str, Any] | None:
        """What to ask for these settings; None where it was answered before."""
        known = self.of(settings) is not None
        return None if known else {"ask": "figure", "figure": self.figure, **settings}

    def take(self, answer: dict[str, Any]) -> None:
        """Keep an answer under the settings that it names."""
        self._answers[tuple(answer["settings"].values())] = answer

    def of(self, settings: Mapping[str, Any]) -> dict[str, Any] | None:
        """The answer for these settings, if it has come."""
        return self._answers.get(tuple(settings.values()))
