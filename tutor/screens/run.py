"""One run, live: curves, numbers, whose code it trains; followed while it is looked at, going on when it is not."""

import asyncio
import time
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from models.coherence_facts import Speech, speech_of
from models.metric import NATS, examples_of, metric_of
from models.metrics import RunCurves
from models.runs import RunConfig, RunDirectory, RunError, RunStatus
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.coherence import draw_speech, draw_what_it_says
from tutor.drawing.prediction import draw_sealed
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, STRONG, WARN, Row, fit, wrap
from tutor.drawing.run_card import (
    draw_message,
    draw_numbers,
    draw_parts,
    draw_progress,
    draw_run_heading,
    draw_signature,
)
from tutor.drawing.run_curves import draw_run_curves, measures_of, numbers_of
from tutor.screens.shell import TALL, Shell
from tutor.widgets.picture import Picture

POLL_S = 0.5
LONG_RUN_POLL_S = 1.0  # with more than ten minutes to go a run moves slowly: half the bytes on the line
LONG_RUN_S = 600.0
_LINES_SAID = 3


class RunScreen(Shell):
    """Reads the run directory twice a second and draws what has changed; asks to stop or resume by messages."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "run.tcss"]
    ABOUT = (
        "Loss and accuracy against training steps. The line is the training batches with every spike kept; marks "
        "are the held-out data at each look. Verified twins are torch's own fast layers with your weights, "
        "shown to agree with yours on this run's own data. The trainer is a process of its own: leaving this "
        "screen, or the tutor, or losing the connection does not stop it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "toggle_log", "log scale", id="log"),
        Binding("z", "zoom", "zoom", id="zoom"),
        Binding("g", "features", "feature maps", id="features"),
        Binding("v", "pictures", "pictures", id="pictures"),
        Binding("t", "speak", "let it speak", id="speak"),
        Binding("t", "translate", "translate", id="translate"),
        Binding("s", "stop", "stop", id="stop"),
        Binding("r", "resume", "resume", id="resume"),
    ]

    @dataclass
    class StopRequested(Message):
        """The run is to save and stop."""

        run_id: str

    @dataclass
    class ResumeRequested(Message):
        """The run is to go on from its checkpoint."""

        run_id: str

    @dataclass
    class FeaturesRequested(Message):
        """The feature maps of what it has learned are wanted."""

        run_id: str

    @dataclass
    class PicturesRequested(Message):
        """The learner wants to choose from all pictures of this run."""

        run_id: str

    @dataclass
    class SpeechRequested(Message):
        """Text that the net makes up is wanted."""

        run_id: str

    @dataclass
    class TranslationRequested(Message):
        """Sentences are to be typed, and translated by the net."""

        run_id: str

    @dataclass
    class RunEnded(Message):
        """The run that was being looked at has come to its end."""

        run_id: str
        state: str

    def __init__(self, run: RunDirectory, charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.run = run
        self.curves = RunCurves(run.metrics)
        self.config: RunConfig | None = None
        self.status: RunStatus | None = None
        self.problem = ""
        self.speech = Speech()
        self.log_scale, self.zoomed = False, ""  # "": all curves side by side
        self._reading = False
        self._next_look = 0.0

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw_curves, id="curves")
        yield Picture(self._draw_numbers, id="numbers")

    async def on_mount(self) -> None:
        await self._look()
        self._timer = self.set_interval(POLL_S, self._look)

    async def on_screen_resume(self) -> None:
        await self._look()

    async def _look(self) -> None:
        """Read on in small pieces, so that a key between two of them is never kept waiting; then draw."""
        if self._reading or not self.is_active or time.monotonic() < self._next_look:
            return
        self._reading = True
        try:
            before, speech_before = self.status, self.speech
            self._read_status()
            changed = self.status != before or self.speech != speech_before
            while self.curves.poll():
                changed = True
                if self.curves.caught_up:
                    break
                await asyncio.sleep(0)
        finally:
            self._reading = False
        left = self.status.seconds_left if self.status else None
        self._next_look = time.monotonic() + (LONG_RUN_POLL_S if left and left > LONG_RUN_S else 0.0) * 0.9
        if changed or self.problem:
            self._show(before)

    def _read_status(self) -> None:
        try:
            status = self.run.status()
            if self.config is None or self.config.total_steps == 0:
                self.config = self.run.config()
            self.status, self.problem = status, ""
            self.speech = speech_of(self.run, self.config, status, self.speech)
        except RunError as error:
            self.problem = printable_line(f"{error.thing} {error.next_step}")

    def _show(self, before: RunStatus | None) -> None:
        self.repaint_frame()
        self.query_one("#curves", Picture).paint()
        self._fit_numbers(self.size.width)
        self.query_one("#numbers", Picture).paint()
        if before is None or self.status is None or before.state != self.status.state:
            self.refresh_bindings()
            if before and self.status and before.state == "running":
                self.post_message(self.RunEnded(self.run.id, self.status.state))

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._fit_numbers(event.size.width)

    def _fit_numbers(self, width: int) -> None:
        """Give the numbers as many rows as they need, and the curves all others."""
        self.query_one("#numbers").styles.height = len(self._draw_numbers(width - 2, 0))

    def title_row(self, width: int) -> Row:
        if self.config and self.status:
            return draw_run_heading(self.config, self.status, width, self.charset)
        return [(self.run.id, STRONG)]

    def hint_row(self, width: int) -> Row:
        if self.problem:
            return [(self.problem, BAD)]
        if self.status is None:
            return []
        if message := draw_message(self.status, width):
            return message[0]
        words = {
            "created": "The trainer is starting; loading torch and the data takes some seconds.",
            "running": "It goes on when you leave. s saves and stops it.",
            "finished": "Finished. v shows pictures of what it has learned.",
            "stopped": "Stopped at a checkpoint. r goes on from there to the same numbers.",
            "died": "The trainer is gone without a word, perhaps out of memory. r goes on from its checkpoint.",
        }
        return [(words.get(self.status.state, ""), WARN if self.status.state == "died" else FAINT)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        state = self.status.state if self.status else ""
        if action == "stop":
            return state == "running"
        if action == "speak":
            return self.config is not None and metric_of(self.config.settings) is NATS
        if action == "translate":
            return self.config is not None and self.config.project == "transformer"
        if action == "features":
            return self.config is not None and self.config.project == "cnn"
        if action == "resume":
            return state in ("stopped", "died", "failed", "created") and not self._is_starting()
        return super().check_action(action, parameters)

    def action_toggle_log(self) -> None:
        self.log_scale = not self.log_scale
        self.query_one("#curves", Picture).paint()

    def action_zoom(self) -> None:
        views = ("", *self._measures())
        self.zoomed = views[(views.index(self.zoomed) + 1) % len(views)]
        self.query_one("#curves", Picture).paint()

    def action_features(self) -> None:
        self.post_message(self.FeaturesRequested(self.run.id))

    def action_pictures(self) -> None:
        self.post_message(self.PicturesRequested(self.run.id))

    def action_speak(self) -> None:
        self.post_message(self.SpeechRequested(self.run.id))

    def action_translate(self) -> None:
        self.post_message(self.TranslationRequested(self.run.id))

    def action_stop(self) -> None:
        self.post_message(self.StopRequested(self.run.id))

    def action_resume(self) -> None:
        self.post_message(self.ResumeRequested(self.run.id))

    def _is_starting(self) -> bool:
        """A run that was made a moment ago has no trainer yet, and needs no second one."""
        return bool(self.status and self.status.state == "created" and self.run.is_alive())

    def _draw_curves(self, width: int, height: int) -> list[Row]:
        total = self.status.total_steps if self.status else 0
        names = (self.zoomed,) if self.zoomed else self._measures()
        return draw_run_curves(self.curves, total, width, height, self.charset, log=self.log_scale, names=names)

    def _measures(self) -> tuple[str, ...]:
        return measures_of(self.config) if self.config else ("loss", "accuracy")

    def _draw_numbers(self, width: int, _height: int) -> list[Row]:
        if self.config is None or self.status is None:
            return wrap("Reading the run.", width, FAINT)
        parts = draw_parts(self.config, width, self.charset)
        rows = [
            draw_progress(self.status, width, time.time(), self.charset, examples_of(self.config.settings)),
            *draw_numbers(numbers_of(self.curves), self.config, width),
            *(draw_signature(self.status, width) if self.size.height >= TALL else []),
            *draw_speech(self.speech, width, self.charset)[: 1 if self.size.height < TALL else None],
            *draw_sealed(self.config, width)[: 1 if self.size.height < TALL else None],
            *([[span for row in parts for span in (*row, (" ", ""))]] if self.size.height < TALL else parts),
            *draw_what_it_says(self.speech.facts, width, _LINES_SAID if self.size.height >= TALL else 0),
        ]
        return [fit(row, width, self.charset.cut) for row in rows]
