"""The app's part that looks into nets: pictures of runs, and figures of lessons that the lab computes."""

from collections.abc import Awaitable
from typing import Any, Protocol

from textual import on, work
from textual.timer import Timer

from models.runs import RunDirectory
from tutor.feature_question import ask_for_features
from tutor.guide_app import words_of
from tutor.lab_client import LabClient
from tutor.pictures.asking import ask_for
from tutor.pictures.picture import View
from tutor.pictures.registry import find_picture, picture_kinds
from tutor.quiz_app import QuizApp
from tutor.screens.attention import AttentionScreen
from tutor.screens.features import FeaturesScreen
from tutor.screens.lesson import LessonScreen
from tutor.screens.pictures import PictureScreen, PicturesScreen
from tutor.screens.run import RunScreen
from tutor.screens.sample import LENGTH, SampleScreen
from tutor.workspace import Workspace

CHANNELS = 64
REST_AFTER_S = 600.0  # a lab that nobody asks gives its memory back


class Refusing(Protocol):
    """A screen that shows why what it waits for does not come."""

    @property
    def is_attached(self) -> bool:
        """Whether it is still there."""
        ...

    def show_refusal(self, refusal: str) -> None:
        """For this reason."""
        ...


class LabApp(QuizApp):
    """Owns the lab; a question that comes while it answers another one waits."""

    def __init__(self, workspace: Workspace, ascii: bool = False) -> None:
        super().__init__(workspace, ascii)
        self.lab = LabClient()
        self._rest: Timer | None = None
        self._computing: set[LessonScreen] = set()

    async def answered(self, screen: Refusing, asking: Awaitable[Any]) -> Any | None:
        """What the lab says; None where it refuses, which is told, or where the screen has been left meanwhile."""
        try:
            answer = await asking
        except Exception as error:
            self.tell_on(screen, error)
            return None
        finally:
            self._let_rest_later()
        return answer if screen.is_attached else None

    def tell_on(self, screen: Refusing, error: Exception) -> None:
        """Show it where it was asked for, or as a notice if the learner has left that screen."""
        if screen.is_attached:
            screen.show_refusal(words_of(error))
        else:
            self.tell(error)

    # ---- the figure of a lesson

    @on(LessonScreen.NumbersWanted)
    def _numbers_wanted(self) -> None:
        if isinstance(self.screen, LessonScreen) and self.screen not in self._computing:
            self._computing.add(self.screen)
            self.compute_figure(self.screen)

    @work(group="figure")
    async def compute_figure(self, screen: LessonScreen) -> None:
        """Answer what the figure asks until it asks no more: keys that were pressed meanwhile are one question."""
        try:
            while screen.is_attached and (question := screen.wanted) is not None:
                answer = await self.lab.ask(question)
                if screen.is_attached:
                    screen.take_numbers(question, answer)
        except Exception as error:
            self.tell_on(screen, error)
        finally:
            self._computing.discard(screen)
            self._let_rest_later()

    def _let_rest_later(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST_AFTER_S, self.lab.rest)

    # ---- pictures of a run

    @on(RunScreen.FeaturesRequested)
    async def _features(self, message: RunScreen.FeaturesRequested) -> None:
        await self._show_features(message.run_id)

    async def _show_features(self, run_id: str) -> None:
        screen = FeaturesScreen(run_id, self.charset)
        await self.push_screen(screen)
        self.ask_lab(screen, 0)

    @on(RunScreen.PicturesRequested)
    def _pictures(self, message: RunScreen.PicturesRequested) -> None:
        sentences = {
            kind: find_picture(kind).sentence for kind in picture_kinds(self._run(message.run_id).config().project)
        }
        self.push_screen(PicturesScreen(message.run_id, sentences, self.charset))

    @on(PicturesScreen.PictureChosen)
    async def _picture(self, message: PicturesScreen.PictureChosen) -> None:
        if message.kind == "features":  # has pages of its own
            await self._show_features(message.run_id)
            return
        if message.kind == "attention":  # walks through one answer
            await self.push_screen(AttentionScreen(message.run_id, self.charset))
            return
        screen = PictureScreen(message.run_id, message.kind, find_picture(message.kind), self.charset)
        await self.push_screen(screen)
        self.ask_picture(screen, View())

    @on(PictureScreen.ViewRequested)
    def _another_view(self, message: PictureScreen.ViewRequested) -> None:
        if isinstance(self.screen, PictureScreen):
            self.ask_picture(self.screen, message.view)

    @work(group="lab", exclusive=True)
    async def ask_picture(self, screen: PictureScreen, view: View) -> None:
        """The numbers of one picture, for a screen that may have been left when they come."""
        asking = ask_for(screen.picture, self._run(screen.run_id), view, self.lab)
        if answer := await self.answered(screen, asking):
            screen.show(answer, view)

    @on(RunScreen.TranslationRequested)
    async def _translation(self, message: RunScreen.TranslationRequested) -> None:
        screen = AttentionScreen(message.run_id, self.charset)
        await self.push_screen(screen)
        screen.action_another()

    @on(AttentionScreen.SentenceWanted)
    def _sentence_wanted(self, message: AttentionScreen.SentenceWanted) -> None:
        if isinstance(self.screen, AttentionScreen):
            self.ask_for_attention(self.screen, message.text)

    @work(group="lab", exclusive=True)
    async def ask_for_attention(self, screen: AttentionScreen, text: str) -> None:
        """The weights of one sentence, for a screen that may have been left when they come."""
        question = {"ask": "attention", "run": str(self._run(screen.run_id).path), "text": text}
        if answer := await self.answered(screen, self.lab.ask(question)):
            screen.show(answer)

    @on(RunScreen.SpeechRequested)
    def _speech(self, message: RunScreen.SpeechRequested) -> None:
        self.push_screen(SampleScreen(message.run_id, self.charset))

    @on(SampleScreen.TextWanted)
    def _text_wanted(self, message: SampleScreen.TextWanted) -> None:
        if isinstance(self.screen, SampleScreen):
            self.ask_for_text(self.screen, message)

    @work(group="lab", exclusive=True)
    async def ask_for_text(self, screen: SampleScreen, wanted: SampleScreen.TextWanted) -> None:
        """Made-up text, for a screen that may have been left when it comes."""
        question = {"ask": "sample", "run": str(self._run(wanted.run_id).path), "length": LENGTH}
        question |= {"temperature": wanted.temperature, "seed": wanted.seed}
        if answer := await self.answered(screen, self.lab.ask(question)):
            screen.show(answer)

    @on(FeaturesScreen.ImageRequested)
    def _another_image(self, message: FeaturesScreen.ImageRequested) -> None:
        if isinstance(self.screen, FeaturesScreen):
            self.ask_lab(self.screen, message.image)

    @work(group="lab", exclusive=True)
    async def ask_lab(self, screen: FeaturesScreen, image: int) -> None:
        """The features of one image, in one answer for all stages."""
        asking = ask_for_features(self._run(screen.run_id), image, CHANNELS, self.lab)
        if features := await self.answered(screen, asking):
            screen.show(features, image)

    def _run(self, run_id: str) -> RunDirectory:
        return RunDirectory(self.workspace.runs / run_id)
