"""What was measured of a finished run's text, kept in its folder for its card. Needs neither torch nor numpy.

`coherence.json` holds an answer of `models.probes.coherence_answer` to the question `KEPT`, or {"problem": words}.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from models.atomic_file import replace_file
from models.metric import NATS, metric_of
from models.run_config import RunConfig
from models.run_directory import RunDirectory
from models.run_status import RunStatus

MEASURES = {
    "words": "share of words that occur in the training text",
    "speakers": "share of speeches that begin with a name and a colon",
    "names": "share of speakers whose name occurs in the training text",
    "line": "mean length of a line of speech, in characters",
    "copied": "longest span that stands in the training text, in characters",
}
KEPT: dict[str, Any] = {"prompt": "", "temperature": 0.8, "seed": 0}
_COLUMNS = ("found", "ngram", "low", "high")


def is_kept(question: Mapping[str, Any]) -> bool:
    """Whether this is the question whose answer a run keeps."""
    return all(question.get(key) == default for key, default in KEPT.items())


def keep_coherence(run: RunDirectory, facts: Mapping[str, Any]) -> None:
    """Write them beside the run's other files; a folder that takes no more only costs the card a row."""
    with suppress(OSError):
        replace_file(run.coherence, json.dumps(facts, ensure_ascii=False, allow_nan=False).encode())


def read_coherence(run: RunDirectory, step: int) -> dict[str, Any] | None:
    """What is kept of this run after this step, or None: not measured, of another step, or damaged."""
    try:
        facts = json.loads(run.coherence.read_text(encoding="utf-8"))
        return facts if _is_whole(facts) and facts.get("step") == step else None
    except (OSError, ValueError, RecursionError):
        return None


@dataclass(frozen=True)
class Speech:
    """What is known of a run's text at one moment."""

    facts: Mapping[str, Any] | None = None
    is_measured: bool = True  # False: its trainer is at it


def speech_of(run: RunDirectory, config: RunConfig, status: RunStatus, before: Speech | None = None) -> Speech:
    """Look again, but for what was known before; of anything but a finished character model nothing is known."""
    if before and before.facts:
        return before
    if status.state != "finished" or metric_of(config.settings) is not NATS:
        return Speech()
    at_work = run.is_alive()  # before the look: its last word comes before it lets go of the lock
    facts = read_coherence(run, status.step)
    return Speech(facts, facts is not None or not at_work)


def _is_whole(facts: object) -> bool:
    """Whether it can be drawn: a file may be of another version, or half of one."""
    if not isinstance(facts, dict):
        return False
    if isinstance(facts.get("problem"), str):
        return True
    measures = facts.get("measures")
    return (
        all(isinstance(facts.get(key), str) for key in ("run", "text"))
        and all(isinstance(facts.get(key), int | float) for key in ("temperature", "characters", "coherent"))
        and isinstance(facts.get("ngram_nats"), int | float | None)
        and isinstance(measures, list)
        and all(_is_measure(each) for each in measures)
        and {each["name"] for each in measures} == set(MEASURES)
    )


def _is_measure(each: object) -> bool:
    return (
        isinstance(each, dict)
        and isinstance(each.get("sentence"), str)
        and isinstance(each.get("name"), str)
        and isinstance(each.get("holds"), bool)
        and all(isinstance(each.get(column), int | float) for column in _COLUMNS)
    )
