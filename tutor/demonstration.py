"""The demo: what a learner does in two weeks, in two minutes, with the shipped solutions in the learner's place."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lessons.catalog import Exercise, curriculum, exercises_by_id
from lessons.checking.verdict import Verdict
from lessons.solutions import write_solutions
from models.presets import PRESETS
from models.runs import RunDirectory, RunStatus
from tutor.checking import check_exercises
from tutor.console import console_charset, console_width, print_rows
from tutor.drawing.feature_pages import draw_every_stage
from tutor.drawing.rows import STRONG, wrap
from tutor.drawing.verdict_card import draw_verdict
from tutor.feature_question import ask_for_features
from tutor.following import follow
from tutor.judge_client import JudgeClient
from tutor.standing import standing_of
from tutor.trainer_client import start_run
from tutor.workspace import Workspace, init_workspace

WRONG = ("cnn/batchnorm2d", "batch_statistics_in_evaluation")
SHORTER = {"epochs": "4"}  # two minutes are meant for two slow cores
MAPS_SHOWN = 3


def demonstrate(keep: Path | None, ascii_only: bool) -> int:
    """0 when every step ended as it should. The workspace is made in `keep`, or thrown away."""
    folder = keep.absolute() if keep else Path(tempfile.mkdtemp(prefix="phase3-demo-"))
    try:
        demo = Demonstration(init_workspace(folder).workspace, ascii_only)
        return 0 if demo.walk() else 1
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Demonstration:
    """One walk through one workspace."""

    workspace: Workspace
    ascii_only: bool

    def walk(self) -> bool:
        """Every step in the learner's order; ends at the first that does not end as it should."""
        say("The workspace", f"Stubs for a learner to fill are in {self.workspace.root}. In this demo the shipped "
            "solutions stand in for a learner's code: whatever passes below is theirs, not yours.")  # fmt: skip
        write_solutions(self.workspace.root)
        if not asyncio.run(self._check()):
            return False
        preset = PRESETS["cnn"]["quick"]
        say("Training", "The net is put together from the workspace's own modules and trained in a process of its own "
            f"on real handwritten digits, {SHORTER['epochs']} epochs instead of the preset's {preset.epochs}. "
            "Ctrl-C would stop the watching, not the run.")  # fmt: skip
        run, status = self._train()
        if status.state != "finished":
            return False
        self._show_features(run)
        self._sum_up()
        return True

    async def _check(self) -> bool:
        """All exercises, then one wrong file in place of a right one, then the right one again."""
        exercise = exercises_by_id()[WRONG[0]]
        file = self.workspace.file_of(exercise)
        right, wrong = file.read_bytes(), (exercise.folder / "mistakes" / f"{WRONG[1]}.py").read_bytes()
        judge = JudgeClient()
        try:
            say("Checking", "Every exercise is run on inputs that separate right from wrong.")
            passed = await self._verdicts(curriculum().exercises, judge)
            say("A mistake", f"Now {exercise.file} gets a wrong {exercise.symbol}: it would train, and look well.")
            file.write_bytes(wrong)
            failed = await self._verdicts([exercise], judge)
            say("Mended", "With the right one in its place it passes again.")
            file.write_bytes(right)
            mended = await self._verdicts([exercise], judge)
        finally:
            await judge.close()
        return all(verdict.done for verdict in passed) and failed[0].mistake is not None and mended[0].done

    async def _verdicts(self, exercises: Sequence[Exercise], judge: JudgeClient) -> list[Verdict]:
        verdicts, _ = await check_exercises(self.workspace, exercises, judge)
        for verdict in verdicts:
            print(f"\n$ phase3-tutor check {verdict.id}")
            charset = console_charset(self.ascii_only)
            print_rows(draw_verdict(verdict, console_width(), charset, with_after=False), charset)
        sys.stdout.flush()
        return verdicts

    def _train(self) -> tuple[RunDirectory, RunStatus]:
        print("\n$ phase3-tutor train cnn --preset quick", *(f"--set {k}={v}" for k, v in SHORTER.items()), flush=True)
        run = start_run(self.workspace, "cnn", "quick", SHORTER)
        return run, follow(self.workspace, run, self.ascii_only)

    def _show_features(self, run: RunDirectory) -> None:
        say("Feature maps", "What the trained net makes of one held-out digit, stage by stage.")
        print(f"\n$ phase3-tutor show features {run.id} --channels {MAPS_SHOWN}", flush=True)
        features = asyncio.run(ask_for_features(run, image=0, channels=MAPS_SHOWN))
        charset = console_charset(self.ascii_only)
        print_rows(draw_every_stage(features, console_width(), charset), charset)

    def _sum_up(self) -> None:
        standing = standing_of(self.workspace)
        passed = sum(unit.done for unit in standing.units)
        met = sum(criterion.met for criterion in standing.criteria)
        say("The record", f"It now holds {passed} passed exercises and {len(standing.run_evidence)} run. {met} of "
            f"{len(standing.criteria)} criteria of the course are met, so Phase 4 is locked.")  # fmt: skip
        say("Your turn", "phase3-tutor init ~/phase3 makes your workspace; phase3-tutor opens the tutor.")


def say(title: str, text: str) -> None:
    """A heading and what is about to be seen."""
    print()
    print_rows([[(title, STRONG)], *wrap(text, console_width())])
    sys.stdout.flush()
