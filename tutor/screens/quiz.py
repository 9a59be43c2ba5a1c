"""Questions one by one: a number is typed, options are ticked, and what is said to the answer stands below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from lessons.questions.bank import Question
from lessons.questions.choose_all import ChooseAllVariant
from lessons.questions.expression import LONGEST
from lessons.questions.fresh import fresh_variant
from lessons.questions.grading import Grade, Variant
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.question import (
    draw_explanation,
    draw_grade,
    draw_notice,
    draw_option,
    draw_question,
    draw_question_text,
    how_to_answer,
)
from tutor.drawing.rows import FAINT, STRONG, Row, spread, wrap
from tutor.screens.shell import Shell
from tutor.widgets.choices import Entry
from tutor.widgets.picture import Picture
from tutor.widgets.tick_list import TickList

PAGE_WIDTH = 76
GIVE_UP = "?"
NOTED = "Noted. The lesson comes back to it when its answer has been derived."
Drawing = Callable[[int], list[Row]]  # rows for a width


class QuizScreen(Shell):
    """Asks the questions, posts each answer, and shows the grade that it is given.

    What was asked before a lesson (`when = "before"`) is only noted, never called right or wrong.
    """

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "quiz.tcss"]
    ABOUT = (
        "Numbers may be typed as expressions: 2*9*64^2, sqrt(2/27), 1,048,576. Where all that hold are to be chosen, "
        "space ticks, and so does an option's letter. A wrong answer may be mended; who gives up sees the answer and "
        "is asked again with other numbers."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next", id="go_on"),
        Binding("ctrl+g", "give_up", "give up", id="give_up"),
        Binding("ctrl+n", "skip", "skip", id="skip"),
        Binding("f1,question_mark", "app.help", "keys", key_display="f1", id="help"),
        Binding("pageup", "scroll(-8)", "up", show=False),
        Binding("pagedown", "scroll(8)", "down", show=False),
    ]

    @dataclass
    class QuestionAnswered(Message):
        """An answer was given: what was typed, or the numbers of the ticked options."""

        question_id: str
        seed: int
        answer: str | tuple[int, ...]

    @dataclass
    class GaveUp(Message):
        """The answer was asked for."""

        question_id: str
        seed: int

    @dataclass
    class QuizEnded(Message):
        """The screen is being left; posted to the app. The ids of the questions that were answered, right or noted."""

        answered: tuple[str, ...]

    def __init__(self, title: str, questions: Sequence[Question], seed: int = 0, charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.quiz_title, self.questions = title, tuple(questions)
        self.number = 0
        self.variants: list[Variant] = [question.variant(seed) for question in self.questions]
        self.answered: set[str] = set()
        self.is_settled = False  # right, noted or given up: enter goes on
        self._has_given_up = False
        self._said: Drawing = lambda _width: []

    @property
    def variant(self) -> Variant:
        """What is being asked."""
        return self.variants[self.number]

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw_number, id="asked", classes="body")
        yield TickList(self.charset.pointer, id="options", classes="body")
        with Horizontal(id="line"):
            yield Picture(lambda _width, _height: [[(f"{self.charset.pointer} ", "bold cyan")]], id="prompt")
            yield Input(max_length=LONGEST, select_on_focus=False, id="answer")

    def on_mount(self) -> None:
        self._ask()

    # ---- what the app tells

    def show_grade(self, grade: Grade, notice: str | None = None) -> None:
        """The verdict on the answer that was given last."""
        variant = self.variant
        is_noted = variant.question.when == "before"
        if is_noted or grade.is_right:
            self.answered.add(variant.id)
            self._settle()
        if is_noted:
            self._say(lambda width: wrap(NOTED, width), notice)
        else:
            self._say(lambda width: draw_grade(variant, grade, width, self.charset), notice)
        if not self.is_settled and not self._is_choice:
            self.query_one(Input).select_all()  # the next answer takes the place of the wrong one

    def show_unreadable(self, sentence: str) -> None:
        """What was given is no answer, for this reason."""
        self._say(lambda width: draw_notice(sentence, width, self.charset))

    def show_explanation(self, notice: str | None = None) -> None:
        """The answer, after giving up."""
        variant = self.variant
        self._has_given_up = True
        self._settle()
        self._say(lambda width: draw_explanation(variant, width, self.charset), notice)

    # ---- the frame

    def title_row(self, width: int) -> Row:
        right: Row = [(f"question {self.number + 1} of {len(self.questions)}", FAINT)]
        return spread([(self.charset.translate(self.quiz_title), STRONG)], right, width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        if not self.is_settled:
            words = "space or its letter ticks an option" if self._is_choice else how_to_answer(self.variant)
        elif self._has_given_up:
            words = "enter asks it with other numbers, ctrl+n leaves it open"
        else:
            words = "enter goes on" if self.number + 1 < len(self.questions) else "enter goes back"
        return [(words, FAINT)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "go_on":
            return self.is_settled
        if action == "give_up":
            return not self.is_settled and self.variant.question.when != "before"
        if action == "skip":
            return not self.is_settled or self._has_given_up
        return super().check_action(action, parameters)

    # ---- keys

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value.strip()
        if typed == GIVE_UP:
            self.action_give_up()
        elif typed:
            self.post_message(self.QuestionAnswered(self.variant.id, self.variant.seed, typed))

    @on(TickList.Submitted)
    def _ticked(self, event: TickList.Submitted) -> None:
        event.stop()
        if event.chosen:
            self.post_message(self.QuestionAnswered(self.variant.id, self.variant.seed, event.chosen))
        else:
            self.show_unreadable("Tick those that hold first: space, or the option's letter.")

    def action_give_up(self) -> None:
        if self.check_action("give_up", ()):
            self.post_message(self.GaveUp(self.variant.id, self.variant.seed))

    def action_go_on(self) -> None:
        """The next question; after giving up the same one with other numbers."""
        if self._has_given_up:
            self.variants[self.number] = fresh_variant(self.variant.question, self.variant)
            self._ask()
        else:
            self.action_skip()

    def action_skip(self) -> None:
        """The next question, or the end."""
        if self.number + 1 == len(self.questions):
            self.action_back()
            return
        self.number += 1
        self._ask()

    def action_back(self) -> None:
        order = [question.id for question in self.questions if question.id in self.answered]
        self.app.post_message(self.QuizEnded(tuple(order)))  # the screen's own messages end with it
        super().action_back()

    def action_scroll(self, rows: int) -> None:
        self.query_one("#options" if self._is_choice else "#asked", Picture).scroll_relative(y=rows, animate=False)

    # ---- asking and saying

    @property
    def _is_choice(self) -> bool:
        return isinstance(self.variant, ChooseAllVariant)

    def _ask(self) -> None:
        self.is_settled = self._has_given_up = False
        self._said = lambda _width: []
        options, line = self.query_one(TickList), self.query_one(Input)
        options.display, self.query_one("#asked").display = self._is_choice, not self._is_choice
        self.query_one("#line").display = not self._is_choice
        if self._is_choice:
            options.ask(self._entries)
            options.focus()
        else:
            line.value, line.placeholder = "", self.variant.unit
            line.focus()
            self.query_one("#asked", Picture).paint(from_top=True)
        self.repaint_frame()
        self.refresh_bindings()

    def _settle(self) -> None:
        """Nothing can be answered any more: enter and the letters are the screen's again."""
        self.is_settled = True
        self.query_one(TickList).close()
        self.query_one("#line").display = False
        if not self._is_choice:
            self.set_focus(None)
        self.refresh_bindings()

    def _say(self, drawing: Drawing, notice: str | None = None) -> None:
        """Below the question; brought into view where it does not fit."""
        self._said = lambda width: [*drawing(width), *(draw_notice(notice, width, self.charset) if notice else [])]
        self.query_one("#options" if self._is_choice else "#asked", Picture).paint()
        self.repaint_frame()
        self.call_after_refresh(self._show_the_end)

    def _show_the_end(self) -> None:
        self.query_one("#options" if self._is_choice else "#asked", Picture).scroll_end(animate=False)

    def _draw_number(self, width: int, _height: int) -> list[Row]:
        width = min(width, PAGE_WIDTH)
        return [*draw_question(self.variant, width, self.charset), [], *self._said(width)]

    def _entries(self, width: int, ticked: frozenset[int]) -> list[Entry]:
        width, variant = min(width, PAGE_WIDTH), self.variant
        assert isinstance(variant, ChooseAllVariant)
        entries = [Entry(row) for row in draw_question_text(variant, width, self.charset)] + [Entry([])]
        for number in range(1, len(variant.options) + 1):
            first, *more = draw_option(variant, number, width, self.charset, number in ticked)
            entries += [Entry(first, str(number)), *map(Entry, more)]
        return [*entries, Entry([]), *map(Entry, self._said(width))]
