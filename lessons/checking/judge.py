"""The judge: holds the references, has submissions run by the runner, and answers with verdicts.

One JSON object a line on stdin, one on stdout:

    {"check": "cnn/conv2d", "root": "/home/ada/phase3", "file": null, "seed": null, "seconds": 10}  ->  a verdict
    {"self": "cnn/conv2d"}                                                                         ->  a self-check
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from lessons.checking.runner import ONE_THREAD

NICENESS = 10


def main(_arguments: list[str]) -> int:
    """Answer until stdin ends. The runner starts first, so that both load torch at the same time."""
    os.environ.update(ONE_THREAD)
    os.nice(max(0, NICENESS - os.nice(0)))  # keys come before checks; the runner inherits it
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing but answers may reach the asker
    from lessons.checking.runner_handle import RunnerHandle

    with RunnerHandle() as runner:
        import torch

        torch.set_num_threads(1)
        for line in sys.stdin:
            print(json.dumps(_answer(json.loads(line), runner)), file=answers, flush=True)
    return 0


def _answer(question: dict[str, Any], runner: Any) -> dict[str, Any]:
    from lessons.catalog import exercises_by_id
    from lessons.checking.examiner import Examiner
    from lessons.checking.self_check import self_check

    examiner = Examiner(runner, seconds=float(question.get("seconds") or 10.0))
    if "self" in question:
        return self_check(exercises_by_id()[question["self"]], examiner)
    root = Path(question["root"])
    file = Path(question["file"]) if question.get("file") else None
    verdict = examiner.examine(exercises_by_id()[question["check"]], root, file, question.get("seed"))
    return verdict.to_json()
