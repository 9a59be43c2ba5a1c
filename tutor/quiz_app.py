"""The app's questions: opens a quiz, grades and records what is answered, and tells the screen."""

import asyncio
from collections.abc import Iterable

from textual import on, work
from textual.app import SystemCommand
from textual.screen import Screen

from lessons.catalog import curriculum, lessons_by_id
from lessons.questions.bank import questions_file
from lessons.questions.grading import AnswerUnreadable
from tutor.answering import answer_question, find_question, find_questions, give_up_question, next_seed
from tutor.guide_app import GuideApp
from tutor.lesson_asking import asked_of
from tutor.screens.lesson import LessonScreen
from tutor.screens.quiz import QuizScreen
from tutor.workspace import Workspace


class QuizApp(GuideApp):
    """Knows no torch and no judge: a question is graded at once, in a thread because of the record's lock."""

    def go_to(self, place: str) -> None:
        kind, _, name = place.partition(":")
        if kind == "quiz":
            self.open_quiz(name)
        else:
            super().go_to(place)

    @work(group="quiz", exclusive=True)
    async def open_quiz(self, target: str, when: str = "after", seed: int | None = None) -> None:
        """The questions of a lesson or a unit, those asked after it or, by "before", its opening one."""
        try:
            questions = find_questions(target, when)
            seed = await asyncio.to_thread(next_seed, self._recorded_in) if seed is None else seed
        except Exception as error:
            self.tell(error)
            return
        if questions:
            await self.push_screen(QuizScreen(f"Questions on {target}", questions, seed, self.charset))
        else:
            self.notify(f"There are no questions on {target} yet.", markup=False)

    @on(LessonScreen.QuestionsWanted)
    def _questions_of_a_lesson(self, message: LessonScreen.QuestionsWanted) -> None:
        """The opening question keeps the numbers that stand in the lesson."""
        before = self.screen.asked.before if isinstance(self.screen, LessonScreen) else None
        self.open_quiz(message.lesson_id, message.when, before.seed if before and message.when == "before" else None)

    @on(QuizScreen.QuizEnded)
    @work(group="quiz-ended", exclusive=True)
    async def _quiz_ended(self) -> None:
        """The lesson below shows what was answered."""
        for screen in self.screen_stack:
            if isinstance(screen, LessonScreen):
                lesson = lessons_by_id()[screen.lesson_id]
                screen.show_asked(await asyncio.to_thread(asked_of, lesson, self._recorded_in))

    @on(QuizScreen.QuestionAnswered)
    @work(group="answer", exclusive=True)
    async def _answered(self, message: QuizScreen.QuestionAnswered) -> None:
        screen = self.screen
        if not isinstance(screen, QuizScreen):
            return
        try:
            variant = find_question(message.question_id).variant(message.seed)
            answered = await asyncio.to_thread(answer_question, self._recorded_in, variant, message.answer)
        except AnswerUnreadable as error:
            screen.show_unreadable(str(error))
        except Exception as error:
            self.tell(error)
        else:
            if screen.is_attached:
                screen.show_grade(answered.grade, answered.notice)

    @on(QuizScreen.GaveUp)
    @work(group="answer", exclusive=True)
    async def _gave_up(self, message: QuizScreen.GaveUp) -> None:
        screen = self.screen
        if not isinstance(screen, QuizScreen):
            return
        try:
            variant = find_question(message.question_id).variant(message.seed)
            notice = await asyncio.to_thread(give_up_question, self._recorded_in, variant)
        except Exception as error:
            self.tell(error)
            return
        if screen.is_attached:
            screen.show_explanation(notice)

    @property
    def _recorded_in(self) -> Workspace | None:
        return self.workspace if self.workspace.is_made else None

    def get_system_commands(self, screen: Screen) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        for lesson in curriculum().lessons:
            if questions_file(lesson).is_file():
                hint, place = f"Three questions on: {lesson.title}.", f"quiz:{lesson.id}"
                yield SystemCommand(f"quiz {lesson.id}", hint, lambda place=place: self.go_to(place))
