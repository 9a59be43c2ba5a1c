"""Has the content of many exercises checked by two judges side by side, and shows how far they are."""

import asyncio
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from lessons.authoring.blank_report import blank_report
from lessons.catalog import Exercise
from tutor.console import is_coloured
from tutor.judge_client import JudgeClient

JUDGES = 2  # each with a runner: two of them keep two cores busy, and more would not fit into 3 GB
Report = dict[str, Any]


async def self_checks(exercises: Sequence[Exercise], show: Callable[[Report], None] | None) -> list[Report]:
    """Every exercise's report, in this order. Each is shown as soon as it is there; beside a moving bar, at the end."""
    reports: dict[str, Report] = {}
    waiting = deque(sorted(exercises, key=_size, reverse=True))  # the long ones first, so that both end together
    moving = is_coloured(sys.stderr)
    judges = [JudgeClient() for _ in range(min(JUDGES, len(exercises)))]
    try:
        with _progress(exercises, moving) as advance:

            async def work(judge: JudgeClient) -> None:
                while waiting:
                    exercise = waiting.popleft()
                    blank, can_run = blank_report(exercise)  # what has gaps is told at once, without a judge
                    reports[exercise.id] = await judge.self_check(exercise.id) if can_run else blank
                    advance(exercise)
                    if show and not moving:
                        show(reports[exercise.id])

            await asyncio.gather(*map(work, judges))
    finally:
        await asyncio.gather(*(judge.close() for judge in judges))
    ordered = [reports[exercise.id] for exercise in exercises]
    if show and moving:
        for report in ordered:
            show(report)
    return ordered


def _size(exercise: Exercise) -> int:
    """Files that have to be run."""
    return sum(1 for kind in ("mistakes", "variants") for _ in (exercise.folder / kind).glob("*.py"))


@contextmanager
def _progress(exercises: Sequence[Exercise], moving: bool) -> Iterator[Callable[[Exercise], None]]:
    """A bar on stderr, counted in files, where that is a terminal; elsewhere the reports are the progress."""
    if not moving:
        yield lambda _exercise: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f}%"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"0 of {len(exercises)} exercises", total=sum(map(_size, exercises)) or 1)
        finished: list[str] = []

        def advance(exercise: Exercise) -> None:
            finished.append(exercise.id)
            words = f"{len(finished)} of {len(exercises)} exercises, last {exercise.id}"
            bar.update(task, advance=_size(exercise), description=words)

        yield advance
