"""The app's places: where the learner stands, the map, and the way to every screen and back."""

import asyncio
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.screen import Screen

from models.presets import PRESETS
from models.runs import RunDirectory, list_runs
from tutor.drawing.charset import choose_charset
from tutor.drawing.printable import printable_line
from tutor.lesson_asking import lesson_rows
from tutor.recording import record_finished_runs
from tutor.refusals import as_refusal
from tutor.run_parts import parts_for, parts_with_ablation
from tutor.screens.criteria import CriteriaScreen
from tutor.screens.exercise import ExerciseScreen
from tutor.screens.help import HelpScreen
from tutor.screens.lesson import LessonScreen
from tutor.screens.map import MapScreen, place_of_next
from tutor.screens.places import exercise_screen, lesson_for, lesson_screen, map_hints, next_after, place_name
from tutor.screens.run import RunScreen
from tutor.screens.runs import RunRow, RunsScreen
from tutor.screens.shell import Shell
from tutor.screens.train import TrainScreen
from tutor.standing import Standing, standing_of
from tutor.terminal_app import TerminalApp
from tutor.widgets.keys_line import LAST, key_name, shown_bindings
from tutor.workspace import Workspace, init_workspace

REFRESH_S = 3.0


class GuideApp(TerminalApp):
    """Knows the map and all places on it; what is done there is its subclass's."""

    CSS_PATH = "app.tcss"
    TITLE = "phase3-tutor"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (60, "-normal"), (100, "-wide")]

    def __init__(self, workspace: Workspace, ascii: bool = False) -> None:
        self.charset = choose_charset(ascii)
        super().__init__(workspace.record_folder / "crash.log", is_ascii=not self.charset.unicode)
        self.workspace = workspace
        self.standing: Standing | None = None
        self.map = MapScreen(map_hints(), self.charset)
        self._training: set[str] = set()

    async def on_mount(self) -> None:
        await self.push_screen(self.map)
        self.refresh_standing()
        self.set_interval(REFRESH_S, self._follow_runs)

    # ---- where the learner stands

    @work(group="standing", exclusive=True)
    async def refresh_standing(self) -> None:
        """Read record, code and runs in a thread, then draw the map."""
        if not self.workspace.is_made:
            self.map.show_no_workspace(str(self.workspace.root))
            return
        try:
            await asyncio.to_thread(lambda: record_finished_runs(self.workspace, list_runs(self.workspace.runs)))
        except Exception as error:
            self.tell(error)  # a record that cannot be written can still be read
        try:
            standing = await asyncio.to_thread(standing_of, self.workspace)
            lessons = await asyncio.to_thread(lesson_rows, self.workspace)
        except Exception as error:
            self.map.show_problem(words_of(error))
            return
        self._ring_for_ended_runs(standing)
        self.standing = standing
        self.map.show(standing, lessons)

    def _ring_for_ended_runs(self, standing: Standing) -> None:
        states = {run.id: run.status.state for run in standing.runs}
        for run_id in sorted(run for run in self._training if states.get(run, "running") != "running"):
            self.bell()
            if not (isinstance(self.screen, RunScreen) and self.screen.run.id == run_id):
                self.notify(f"{printable_line(run_id)}: {states[run_id]}.", markup=False)
        self._training = {run_id for run_id, state in states.items() if state == "running"}

    def _follow_runs(self) -> None:
        if self._training:
            self.refresh_standing()

    def tell(self, error: Exception) -> None:
        """Show what an error of any room says, and its next step."""
        self.notify(words_of(error), severity="warning", markup=False, timeout=10)

    # ---- going to places

    @on(MapScreen.PlaceChosen)
    def _place_chosen(self, message: MapScreen.PlaceChosen) -> None:
        self.go_to(message.place)

    def go_to(self, place: str) -> None:
        """Open a place of the course: "exercise:cnn/conv2d", "lesson:...", "train:cnn", "run:...", "runs"."""
        kind, _, name = place.partition(":")
        match kind:
            case "exercise":
                self.push_screen(exercise_screen(name, self.workspace, self.standing, self.charset))
            case "lesson":
                self.push_screen(lesson_screen(name, self.workspace, self.charset))
            case "train":
                self.prepare_training(name or next(iter(PRESETS)))
            case "run":
                self.push_screen(RunScreen(RunDirectory(self.workspace.runs / name), self.charset))
            case "runs":
                self.push_screen(RunsScreen(self._run_rows, self.charset))
            case "criteria" if self.standing:
                self.push_screen(CriteriaScreen(self.standing.criteria, self.standing.phase4, self.charset))

    def _run_rows(self) -> list[RunRow]:
        return [RunRow.of(run) for run in list_runs(self.workspace.runs)]

    def action_help(self) -> None:
        """What the screen shows, and its keys."""
        about = self.screen.about if isinstance(self.screen, Shell) else ""
        own = [binding for binding in shown_bindings(self.screen) if binding.action not in LAST]
        keys = [(key_name(binding), binding.description) for binding in own]
        self.push_screen(HelpScreen(about, keys))

    def get_system_commands(self, screen: Screen) -> Iterable[SystemCommand]:
        """The palette: every place by name, help, and the end."""
        for place, hint in map_hints().items():
            yield SystemCommand(place_name(place), hint, lambda place=place: self.go_to(place))
        for run in self.standing.runs if self.standing else ():
            yield SystemCommand(f"run {run.id}", run.status.state, lambda run=run: self.go_to(f"run:{run.id}"))
        yield SystemCommand("keys", f"The keys of this screen ({screen.name or 'now'})", self.action_help)
        yield SystemCommand("quit", "Leave the tutor; training goes on", self.exit)

    @on(MapScreen.LeaveRequested)
    def _leave(self) -> None:
        self.exit()

    @on(MapScreen.WorkspaceWanted)
    def _make_workspace(self) -> None:
        try:
            init_workspace(self.workspace.root)
        except Exception as error:
            self.tell(error)
        self.refresh_standing()

    @on(RunsScreen.RunChosen)
    def _run_chosen(self, message: RunsScreen.RunChosen) -> None:
        self.go_to(f"run:{message.run_id}")

    @on(RunsScreen.TrainRequested)
    def _train_from_runs(self) -> None:
        self.prepare_training(next(iter(PRESETS)))

    @work(group="train", exclusive=True)
    async def prepare_training(self, project: str) -> None:
        """Ask which preset, after saying whose code would be trained."""
        if project not in PRESETS:
            self.notify(f"Project {project} comes in a later version.", markup=False)
            return
        try:
            await self.check_what_is_unchecked(project)
            parts = await asyncio.to_thread(parts_for, self.workspace, project)
        except Exception as error:
            self.tell(error)
            return
        presets = list(PRESETS[project].values())
        parts_with = partial(parts_with_ablation, self.workspace, project)
        self.push_screen(TrainScreen(project, presets, parts, self.charset, parts_with))

    async def check_what_is_unchecked(self, project: str, *settings: Mapping[str, Any]) -> None:
        """Before a run is prepared; the subclass, which has the judge, does it."""

    @on(ExerciseScreen.LessonRequested)
    def _lesson(self, message: ExerciseScreen.LessonRequested) -> None:
        if lesson_id := lesson_for(message.exercise_id):
            self.go_to(f"lesson:{lesson_id}")

    @on(LessonScreen.ExerciseWanted)
    def _exercise_after_lesson(self, message: LessonScreen.ExerciseWanted) -> None:
        self.switch_screen(exercise_screen(message.exercise_id, self.workspace, self.standing, self.charset))

    @on(ExerciseScreen.NextRequested)
    def _next(self, message: ExerciseScreen.NextRequested) -> None:
        """From a passed exercise straight to what is next; where the record lags behind, to the next in order."""
        place = place_of_next(self.standing) if self.standing else ""
        if place in ("", f"exercise:{message.exercise_id}"):
            following = next_after(message.exercise_id)
            place = f"exercise:{following}" if following else "criteria"
        self.back_to_map()
        self.go_to(place)

    def back_to_map(self) -> None:
        """Close every screen above the map."""
        while self.screen is not self.map and len(self.screen_stack) > 1:
            self.pop_screen()


def words_of(error: Exception) -> str:
    """What a refusal of any room says and what to do next; an unforeseen error is a fault of ours, and raised."""
    refusal = as_refusal(error)
    if refusal is None:
        raise error
    return printable_line(f"{refusal.thing} Next: {refusal.next_step}")
