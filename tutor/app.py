"""The app: joins the screens, which know no process, to the services that do the work."""

import asyncio
import subprocess
from collections.abc import Mapping
from contextlib import aclosing
from typing import Any

from textual import on, work
from textual.app import SuspendNotSupported

from lessons.catalog import exercises_by_id
from tutor.checking import check_exercises
from tutor.drawing.printable import printable_line
from tutor.editor import editor_command
from tutor.hints import next_hint
from tutor.judge_client import JudgeClient
from tutor.lab_app import LabApp
from tutor.predicting import prediction_for
from tutor.resetting import is_stub, reset_exercise
from tutor.run_parts import with_ablation
from tutor.screens.exercise import ExerciseScreen
from tutor.screens.map import MapScreen
from tutor.screens.places import exercise_screen
from tutor.screens.question import QuestionScreen
from tutor.screens.run import RunScreen
from tutor.screens.solution import SolutionScreen
from tutor.screens.train import TrainScreen
from tutor.solutions import may_see_solution, price_of_giving_up, solution_for
from tutor.standing import unchecked_parts
from tutor.trainer_client import resume_run, start_run, stop_run
from tutor.watching import file_system_without_events, make_way, saves
from tutor.workspace import Workspace


class TutorApp(LabApp):
    """The tutor in a terminal. Everything it shows is also there by a verb of the command line."""

    def __init__(self, workspace: Workspace, ascii: bool = False) -> None:
        super().__init__(workspace, ascii)
        self.judge = JudgeClient()

    async def on_unmount(self) -> None:
        await asyncio.gather(self.judge.close(), self.lab.close())

    # ---- an exercise: check, hint, edit, next

    @on(MapScreen.CheckRequested)
    async def _check_from_map(self, message: MapScreen.CheckRequested) -> None:
        screen = exercise_screen(message.exercise_id, self.workspace, self.standing, self.charset)
        await self.push_screen(screen)
        self.check(screen)

    @on(ExerciseScreen.CheckRequested)
    def _check_requested(self) -> None:
        if isinstance(self.screen, ExerciseScreen):
            self.check(self.screen)

    @work(group="check", exclusive=True)
    async def check(self, screen: ExerciseScreen) -> None:
        """Ask the judge, record what it saw, show it; the screen counts the seconds meanwhile."""
        screen.show_checking()
        try:
            verdicts, notice = await check_exercises(self.workspace, [screen.exercise], self.judge)
        except Exception as error:
            self.tell_on(screen, error)
            return
        if screen.is_attached:
            screen.show_verdict(verdicts[0], notice or "")
        else:  # the learner has gone on meanwhile
            self.notify(f"{verdicts[0].id}: {verdicts[0].status}", markup=False)
        self.refresh_standing()

    async def check_what_is_unchecked(self, project: str, *settings: Mapping[str, Any]) -> None:
        """A part that was written or changed is checked now, so that it and not the reference is trained."""
        due = await asyncio.to_thread(unchecked_parts, self.workspace, project, *settings)
        if not due:
            return
        self.notify(f"Checking first: {', '.join(exercise.name for exercise in due)}", markup=False)
        _, notice = await check_exercises(self.workspace, due, self.judge)
        if notice:
            self.notify(notice, severity="warning", markup=False)
        self.refresh_standing()

    @on(ExerciseScreen.HintRequested)
    @work(group="hint")
    async def _hint(self, message: ExerciseScreen.HintRequested) -> None:
        screen = self.screen
        try:
            exercise = exercises_by_id()[message.exercise_id]
            hint = await asyncio.to_thread(next_hint, self.workspace, exercise)
            verdict = screen.verdict if isinstance(screen, ExerciseScreen) else None
            if verdict and verdict.hint == hint.text:  # the verdict has told this step already
                hint = await asyncio.to_thread(next_hint, self.workspace, exercise)
        except Exception as error:
            self.tell(error)
            return
        if isinstance(screen, ExerciseScreen) and screen.is_attached:
            screen.show_hint(hint.number, hint.of, hint.text)

    @on(ExerciseScreen.EditRequested)
    def _edit(self, message: ExerciseScreen.EditRequested) -> None:
        """Open the file in the learner's editor, and check it afterwards if it was saved; a watch sees that itself."""
        exercise = exercises_by_id()[message.exercise_id]
        file = self.workspace.file_of(exercise)
        try:
            command = editor_command(file, exercise.symbol)
            before = file.stat().st_mtime_ns if file.exists() else 0
            with self.suspend():
                subprocess.run(command, check=False)
        except SuspendNotSupported:
            self.notify(f"No editor can be opened from here. The file is {file}", markup=False)
            return
        except Exception as error:
            self.tell(error)
            return
        screen, saved = self.screen, file.exists() and file.stat().st_mtime_ns != before
        if saved and isinstance(screen, ExerciseScreen) and not screen.is_watching:
            self.check(screen)

    @on(ExerciseScreen.WatchToggled)
    def _watch(self, message: ExerciseScreen.WatchToggled) -> None:
        """The watch belongs to its screen, and ends with it."""
        screen = self.screen
        if isinstance(screen, ExerciseScreen) and message.is_on:
            screen.run_worker(self._check_every_save(screen), group="watch", exclusive=True)
        else:
            self.workers.cancel_group(screen, "watch")

    async def _check_every_save(self, screen: ExerciseScreen) -> None:
        blind = await asyncio.to_thread(file_system_without_events, self.workspace.root)
        async with aclosing(saves(self.workspace, [screen.exercise], bool(blind))) as told:
            async for _ in told:
                await make_way(lambda: screen.is_checking, self.judge)
                self.check(screen)

    @on(ExerciseScreen.SolutionRequested)
    @work(group="solution", exclusive=True)
    async def _solution(self, message: ExerciseScreen.SolutionRequested) -> None:
        """Asked first where it means giving up: it costs a day, and the record keeps it."""
        screen, exercise = self.screen, exercises_by_id()[message.exercise_id]
        question = f"Give up {exercise.id} and see its solution? {price_of_giving_up(exercise)}"
        try:
            is_free = await asyncio.to_thread(may_see_solution, self.workspace, exercise)
            if not is_free and not await self._agreed(question, "give up, show it", "go on trying"):
                return
            solution = await asyncio.to_thread(solution_for, self.workspace, exercise, True)
        except Exception as error:
            self.tell(error)
            return
        if screen.is_current:
            await self.push_screen(SolutionScreen(exercise, solution.source, solution.given_up_at, self.charset))
        self.refresh_standing()

    @on(ExerciseScreen.ResetRequested)
    @work(group="solution", exclusive=True)
    async def _reset(self, message: ExerciseScreen.ResetRequested) -> None:
        """Asked first where something was written; an untouched stub stays as it is."""
        screen, exercise = self.screen, exercises_by_id()[message.exercise_id]
        question = f"Put the stub back into {exercise.file}? What is in it now is kept beside it."
        try:
            is_untouched = await asyncio.to_thread(is_stub, self.workspace, exercise)
            if not is_untouched and not await self._agreed(question, "put it back", "leave it"):
                return
            done = await asyncio.to_thread(reset_exercise, self.workspace, exercise)
        except Exception as error:
            self.tell(error)
            return
        kept = f"; what was in it is {done.backup.name}" if done.backup else ""
        words = f"{exercise.file} is the stub again{kept}." if done.changed else f"{exercise.file} is still the stub."
        self.notify("\n".join(filter(None, (words, done.notice))), markup=False, timeout=10)
        if isinstance(screen, ExerciseScreen) and screen.is_attached and done.changed:
            screen.show_stub_again()
        self.refresh_standing()

    async def _agreed(self, question: str, yes: str, no: str) -> bool:
        return bool(await self.push_screen_wait(QuestionScreen(question, yes, no)))

    # ---- runs: start, stop, resume, look into

    @on(TrainScreen.TrainRequested)
    @work(group="train", exclusive=True)
    async def _train(self, message: TrainScreen.TrainRequested) -> None:
        screen = self.screen
        try:
            ablations = [message.ablation] if message.ablation else []
            prediction = prediction_for(message.prediction or None, ablations)
            if message.ablation:  # it may be a net of other parts
                await self.check_what_is_unchecked(message.project, with_ablation(message.project, message.ablation))
            run = await asyncio.to_thread(
                start_run,
                self.workspace,
                message.project,
                message.preset,
                ablations=ablations,
                prediction=prediction,
            )
        except Exception as error:
            if isinstance(screen, TrainScreen):
                self.tell_on(screen, error)
            return
        self._training.add(run.id)
        if screen.is_current:
            await self.switch_screen(RunScreen(run, self.charset))

    @on(RunScreen.StopRequested)
    @work(group="stop", exclusive=True)
    async def _stop(self, message: RunScreen.StopRequested) -> None:
        question = f"Stop {printable_line(message.run_id)}? It finishes its step, saves, and can be resumed."
        if await self.push_screen_wait(QuestionScreen(question, "stop it", "let it go on")):
            await asyncio.to_thread(stop_run, self._run(message.run_id))

    @on(RunScreen.ResumeRequested)
    @work(group="stop", exclusive=True)
    async def _resume(self, message: RunScreen.ResumeRequested) -> None:
        try:
            await asyncio.to_thread(resume_run, self._run(message.run_id))
        except Exception as error:
            self.tell(error)
            return
        self._training.add(message.run_id)

    @on(RunScreen.RunEnded)
    def _run_ended(self) -> None:
        self.refresh_standing()
