"""The demo: what a learner does in two weeks, in two minutes, with the shipped solutions in the learner's place."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from lessons.catalog import Exercise, exercises_by_id
from lessons.checking.verdict import Verdict
from lessons.solutions import write_solutions
from models.runs import RunDirectory
from tutor.checking import check_exercises
from tutor.console import console_charset, console_width, print_rows
from tutor.drawing.charset import Charset
from tutor.drawing.feature_pages import draw_every_stage
from tutor.drawing.rows import STRONG
from tutor.drawing.verdict_card import draw_verdict
from tutor.feature_question import ask_for_features
from tutor.following import follow
from tutor.judge_client import JudgeClient
from tutor.standing import standing_of
from tutor.trainer_client import start_run, stop_run
from tutor.workspace import Workspace, init_workspace

WRONG = ("cnn/batchnorm2d", "batch_statistics_in_evaluation")
SHORTER = {"epochs": "4"}


def demonstrate(keep: Path | None, ascii_only: bool) -> int:
    """0 when every step ended as it should."""
    folder = keep.absolute() if keep else Path(tempfile.mkdtemp(prefix="phase3-demo-"))
    charset = console_charset(ascii_only)
    try:
        return _walk(folder, charset, ascii_only)
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def _walk(folder: Path, charset: Charset, ascii_only: bool) -> int:
    workspace = init_workspace(folder).workspace
    _say("The workspace", f"Stubs for you to fill are in {workspace.root}. In this demo the shipped solutions stand in "
         "for a learner's code: what follows is theirs, not yours.")  # fmt: skip
    write_solutions(workspace.root)
    if not asyncio.run(_check_twice(workspace, charset)):
        return 1
    _say("Training", "The net is assembled from the workspace's own modules and trained in a process of its own, "
         f"on real handwritten digits, for {SHORTER['epochs']} of the preset's epochs. Ctrl-C would only stop the watching.")  # fmt: skip
    run = start_run(workspace, "cnn", "quick", SHORTER)
    status = follow(workspace, run, ascii_only)
    if status.state != "finished":
        stop_run(run)
        return 1
    _show_features(run, charset)
    standing = standing_of(workspace)
    met = sum(criterion.met for criterion in standing.criteria)
    _say("The record", f"{sum(unit.done for unit in standing.units)} exercises hold, {len(standing.runs)} run is kept, "
         f"{met} of {len(standing.criteria)} criteria of the course are met, Phase 4 is locked.")  # fmt: skip
    _say("Your turn", "phase3-tutor init ~/phase3 makes your workspace, phase3-tutor opens the tutor.")
    return 0


async def _check_twice(workspace: Workspace, charset: Charset) -> bool:
    """All exercises, then one wrong file in place of a right one, then the right one again."""
    exercise = exercises_by_id()[WRONG[0]]
    right = workspace.file_of(exercise).read_bytes()
    wrong = (exercise.folder / "mistakes" / f"{WRONG[1]}.py").read_bytes()
    judge = JudgeClient()
    try:
        _say("Checking", "Every exercise is run on inputs that separate right from wrong.")
        passed = await _check(workspace, tuple(exercises_by_id().values()), judge, charset)
        _say("A mistake", f"Now {exercise.file} gets a wrong {exercise.symbol}. Most test suites let it pass.")
        workspace.file_of(exercise).write_bytes(wrong)
        failed = await _check(workspace, (exercise,), judge, charset)
        _say("Mended", "With the right one in its place it passes again.")
        workspace.file_of(exercise).write_bytes(right)
        mended = await _check(workspace, (exercise,), judge, charset)
    finally:
        await judge.close()
    return all(v.done for v in passed) and failed[0].mistake is not None and mended[0].done


async def _check(
    workspace: Workspace, exercises: tuple[Exercise, ...], judge: JudgeClient, charset: Charset
) -> list[Verdict]:
    verdicts, _ = await check_exercises(workspace, exercises, judge)
    for verdict in verdicts:
        print(f"\n$ phase3-tutor check {verdict.id}")
        print_rows(draw_verdict(verdict, console_width(), charset, with_after=False))
    sys.stdout.flush()
    return verdicts


def _show_features(run: RunDirectory, charset: Charset) -> None:
    _say("Feature maps", "What the trained net makes of one held-out digit, stage by stage.")
    print(f"$ phase3-tutor show features {run.id}")
    features = asyncio.run(ask_for_features(run, image=0, channels=3))
    print_rows(draw_every_stage(features, console_width(), charset))


def _say(title: str, text: str) -> None:
    from tutor.drawing.rows import wrap

    print()
    print_rows([[(title, STRONG)], *wrap(text, console_width())])
    sys.stdout.flush()
