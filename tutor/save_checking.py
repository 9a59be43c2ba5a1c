"""What `watch` does in a shell: each save is answered by a line at once, and by its verdict as soon as it is there."""

import asyncio
import sys
import time
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from lessons.catalog import Exercise
from tutor.checking import check_exercises, targeted
from tutor.console import console_charset, console_width, print_rows
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, STRONG, Row, wrap
from tutor.drawing.verdict_card import draw_verdict
from tutor.judge_client import JudgeClient
from tutor.refusals import Refusal
from tutor.resetting import is_stub
from tutor.watching import file_system_without_events, make_way, saves
from tutor.workspace import Workspace


def watchable(words: Sequence[str]) -> tuple[Exercise, ...]:
    """The exercises that the words mean; none means all. Only what is written in files can be watched."""
    wanted = targeted(words)
    others = [*wanted.coming, *(f"project/{each}" for each in wanted.projects)]
    if words and "all" not in words and (others or not wanted.exercises):
        thing = "Only exercises of this version are watched; what else there is has no file of yours."
        raise Refusal(thing, " ".join(others or words), "name exercises or units, as in: phase3-tutor watch cnn")
    return wanted.exercises


@dataclass
class SaveChecking:
    """One judge for as long as it lasts, so that every check but the first is warm."""

    workspace: Workspace
    exercises: Sequence[Exercise]
    poll: bool
    ascii_only: bool
    judge: JudgeClient = field(default_factory=lambda: JudgeClient())
    due: dict[str, Exercise] = field(default_factory=dict)

    async def run(self, at_once: bool) -> None:
        """Until it is cancelled. `at_once` checks what is written already before anything is saved."""
        blind = file_system_without_events(self.workspace.root)
        self._introduce(blind)
        begin = [exercise for exercise in self.exercises if at_once and not is_stub(self.workspace, exercise)]
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.judge.start())  # it loads torch while the learner writes
                checking = group.create_task(self._check(begin))
                async with aclosing(saves(self.workspace, self.exercises, self.poll or bool(blind))) as told:
                    async for saved in told:
                        self._say(saved)
                        await make_way(lambda task=checking: not task.done(), self.judge)
                        checking.cancel()
                        await asyncio.wait([checking])
                        checking = group.create_task(self._check(saved))
        except BaseExceptionGroup as group_of_one:
            raise group_of_one.exceptions[0] from None  # a reader who has left, as `head` does
        finally:
            await self.judge.close()

    async def _check(self, exercises: Sequence[Exercise]) -> None:
        """One verdict after the other. What a newer save keeps from its turn stays due."""
        self.due |= {exercise.id: exercise for exercise in exercises}
        for exercise_id, exercise in list(self.due.items()):
            verdicts, notice = await check_exercises(self.workspace, [exercise], self.judge)
            del self.due[exercise_id]
            charset = console_charset(self.ascii_only)
            rows: list[Row] = [[(exercise_id, STRONG)], *draw_verdict(verdicts[0], console_width(), charset), []]
            print_rows(rows, charset)
            sys.stdout.flush()
            if notice:
                print(notice, file=sys.stderr, flush=True)

    def _introduce(self, blind: str) -> None:
        names = ", ".join(exercise.file for exercise in self.exercises)
        words = f"Watching {printable_line(str(self.workspace.root))}: {names}. Save one and it is checked; "
        rows = wrap(f"{words}Ctrl-C ends it.", console_width())
        if blind:
            told = f"Its file system ({blind}) may not tell of changes, so the files are looked at instead."
            rows += wrap(told, console_width(), FAINT)
        print_rows([*rows, []], console_charset(self.ascii_only))
        sys.stdout.flush()

    def _say(self, saved: Sequence[Exercise]) -> None:
        words = f"{time.strftime('%H:%M:%S')}  saved: {', '.join(exercise.file for exercise in saved)}"
        print_rows([[(words, FAINT)]], console_charset(self.ascii_only))
        sys.stdout.flush()
