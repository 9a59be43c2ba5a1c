"""The lab child: looks into trained nets and answers one JSON line for each that it is asked."""

import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

from models.data_store import DataError
from models.run_directory import RunDirectory
from models.run_errors import BadQuestion, RunError

NICENESS = 10
MOST_CHANNELS = 64
OF_TEXT = {  # each answered by the function of that name, in the module of that name
    "gates": "gate_answer",
    "cells": "cell_answer",
    "saliency": "saliency_answer",
    "through_time": "through_time_answer",
    "sample": "sample_answer",
    "coherence": "coherence_answer",
    "translate": "translate_answer",
    "wrong": "wrong_answer",
    "attention": "attention_answer",
    "heads": "heads_answer",
    "crossing": "crossing_answer",
    "positions": "positions_answer",
}


class Lab:
    """Answers questions about runs; the net that was asked about last is kept."""

    def __init__(self) -> None:
        self._loaded: Any = None
        self._key: tuple[str, int] | None = None

    def answer(self, line: str) -> dict[str, Any]:
        """The answer to one line, or {"error", "next"}; nothing that is asked ends the lab."""
        try:
            question = _question(line)
            answers: dict[str, Callable[..., dict[str, Any]]] = {
                "figure": self._figure,
                "features": self._features,
                "filters": self._filters,
                "abstraction": self._abstraction,
                "confusion": self._confusion,
                "errors": self._errors,
                "evaluate": self._evaluate,
                **dict.fromkeys(OF_TEXT, self._of_text),
            }
            ask = question.get("ask")
            if not isinstance(ask, str) or ask not in answers:
                thing = f"The lab does not know {json.dumps(ask)}."
                raise BadQuestion(thing, "ask", f"ask one of: {', '.join(answers)}")
            return answers[ask](question)
        except (RunError, DataError) as error:
            return {"error": error.thing, "next": error.next_step, "code": getattr(error, "exit_code", 3)}
        except (Exception, SystemExit) as error:  # the learner's code runs in here
            return self._failure(line, error)

    def _features(self, question: dict[str, Any]) -> dict[str, Any]:
        from models.probes.feature_answer import feature_answer

        net = self._image_net(question)
        image = _whole(question, "image", 0, 0, len(net.task.dataset.held_out_labels) - 1)
        return feature_answer(net, image, _whole(question, "channels", 4, 1, MOST_CHANNELS))

    def _filters(self, question: dict[str, Any]) -> dict[str, Any]:
        from models.probes.filter_answer import filter_answer

        return filter_answer(self._image_net(question))

    def _abstraction(self, question: dict[str, Any]) -> dict[str, Any]:
        from models.probes.abstraction_answer import abstraction_answer

        return abstraction_answer(self._image_net(question))

    def _confusion(self, question: dict[str, Any]) -> dict[str, Any]:
        from models.probes.prediction_answers import confusion_answer

        return confusion_answer(self._image_net(question))

    def _errors(self, question: dict[str, Any]) -> dict[str, Any]:
        from models.probes.prediction_answers import errors_answer

        net = self._image_net(question)
        first = _whole(question, "first", 0, 0, len(net.task.dataset.held_out_labels) - 1)
        return errors_answer(net, first, _whole(question, "most", 12, 1, MOST_CHANNELS))

    def _evaluate(self, question: dict[str, Any]) -> dict[str, Any]:
        from models.probes.evaluation_answer import evaluation_answer

        return evaluation_answer(self._net(question))

    def _of_text(self, question: dict[str, Any]) -> dict[str, Any]:
        name = OF_TEXT[question["ask"]]
        return getattr(import_module(f"models.probes.{name}"), name)(self._net(question), question)

    def _image_net(self, question: dict[str, Any]) -> Any:
        """The same of a run that looks at images; another project has pictures of its own."""
        net = self._net(question)
        if net.config.project != "cnn":
            thing = f"{net.run.id} looks at no images, so there is no such picture of it."
            raise BadQuestion(thing, "ask", f"ask for one of: {', '.join(OF_TEXT)}")
        return net

    def _figure(self, question: dict[str, Any]) -> dict[str, Any]:
        """A figure of a lesson, by the module of that name; one that is of a run gets its net."""
        name, folder = question.get("figure"), Path(__file__).parent / "figures"
        known = sorted(path.stem for path in folder.glob("*.py") if "def answer(" in path.read_text(encoding="utf-8"))
        if not isinstance(name, str) or name not in known:
            thing = f"The lab does not know a figure {json.dumps(name)}."
            raise BadQuestion(thing, "figure", f"ask for one of: {', '.join(known)}")
        answer = import_module(f"models.figures.{name}").answer
        if not question.get("run"):
            return answer(question)
        if len(signature(answer).parameters) < 2:
            raise BadQuestion(f"The figure {name} is of no run.", "run", "leave the run out")
        return answer(question, self._net(question))

    def _net(self, question: dict[str, Any]) -> Any:
        """The net of the run in question; loaded again when its checkpoint is another one."""
        from models.data_store import DataStore
        from models.trained_net import load_trained_net

        folder = question.get("run")
        if not isinstance(folder, str) or not Path(folder).is_dir():
            thing = f"There is no run at {json.dumps(folder)}."
            raise BadQuestion(thing, "run", "name the folder of a run: see phase3-tutor runs list")
        run = RunDirectory(Path(folder).resolve())
        key = (str(run.path), run.checkpoint.stat().st_mtime_ns if run.checkpoint.exists() else 0)
        if key != self._key:
            self._loaded, self._key = None, None  # one net in memory, not two
            self._loaded, self._key = load_trained_net(run, DataStore()), key
        return self._loaded

    def _failure(self, line: str, error: BaseException) -> dict[str, Any]:
        from models.failure_words import words_for

        run = RunDirectory(Path(str(_question(line).get("run"))).resolve())
        words, unit = words_for(error, run.modules), ""
        with suppress(RunError, OSError):
            unit = run.config().project
        return {"error": words, "next": f"check your code: phase3-tutor check {unit}".rstrip()}


def main(arguments: list[str]) -> int:
    """Answer line after line until there are no more."""
    if arguments:
        print("usage: --child lab", file=sys.stderr)
        return 2
    os.nice(max(0, NICENESS - os.nice(0)))
    lab, out = Lab(), _private_stdout()
    with suppress(BrokenPipeError, KeyboardInterrupt):  # whoever asked is gone: the work is done
        for line in filter(str.strip, sys.stdin):
            out.write(json.dumps(lab.answer(line), allow_nan=False).encode() + b"\n")
            out.flush()
    return 0


def _private_stdout() -> io.BufferedWriter:
    """Keep stdout for answers: whatever a learner's code prints goes to stderr instead."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _question(line: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadQuestion(f"The question is not JSON: {error}.", "stdin", "send one object a line") from error
    if not isinstance(question, dict):
        raise BadQuestion("The question is not a JSON object.", "stdin", "send one object a line")
    return question


def _whole(question: dict[str, Any], key: str, default: int, lowest: int, highest: int) -> int:
    value = question.get(key, default)
    if type(value) is not int or not lowest <= value <= highest:
        thing = f"{key} cannot be {json.dumps(value)}."
        raise BadQuestion(thing, key, f"use a whole number from {lowest} to {highest}")
    return value
