"""The judge: holds the references, has submissions run by the runner, and answers with verdicts.

One JSON object a line on stdin, one on stdout:

    {"check": "cnn/conv2d", "root": "/home/ada/phase3", "file": null, "seed": null, "seconds": 10}  ->  a verdict
    {"self": "cnn/conv2d"}                                                                         ->  a self-check

With "repro": true a verdict that tells an input has a program beside it that repeats it, as "repro".
To what it has no exercise for it answers {"error", "next"}.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lessons.checking.verdict import TIME_LIMIT_S

if TYPE_CHECKING:
    from lessons.checking.examiner import Examiner

NICENESS = 10


def main(_arguments: list[str]) -> int:
    """Answer until stdin ends. The first runner is a fork of this process: torch is imported once for both."""
    os.nice(max(0, NICENESS - os.nice(0)))  # keys come before checks; the runner inherits it
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing but answers may reach the asker
    from lessons.checking.warm_up import warm_up

    warm_up()
    from lessons.checking.runner_handle import RunnerHandle

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that the runner is closed too
    with RunnerHandle(forked=True) as runner:
        from lessons.checking.examiner import Examiner

        examiner = Examiner(runner)
        for line in sys.stdin:
            print(json.dumps(_answer(json.loads(line), examiner)), file=answers, flush=True)
    return 0


def _answer(question: dict[str, Any], examiner: "Examiner") -> dict[str, Any]:
    from lessons.catalog import exercises_by_id
    from lessons.checking.self_check import self_check

    examiner.seconds = float(question.get("seconds") or TIME_LIMIT_S)
    asked = str(question.get("self") or question.get("check"))
    exercise = exercises_by_id().get(asked)
    if exercise is None:  # built after this process began, or asked for by another program
        return {"error": f'The judge knows no exercise "{asked}".', "next": "see them all: phase3-tutor status"}
    if "self" in question:
        return self_check(exercise, examiner)
    root = Path(question["root"])
    file = Path(question["file"]) if question.get("file") else None
    verdict = examiner.examine(exercise, root, file, question.get("seed"))
    script = examiner.script(exercise, root, file, verdict) if question.get("repro") else None
    return verdict.to_json() | ({"repro": script} if script else {})
