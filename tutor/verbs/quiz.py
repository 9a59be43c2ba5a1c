"""`quiz`: the questions of a lesson or a unit in the terminal, or answers to them from a file."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.verbs.options import HIGHEST_SEED, AsciiOption, JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from tutor.drawing.charset import Charset
    from tutor.drawing.rows import Row
    from tutor.quizzing import Outcome
    from tutor.workspace import Workspace


def quiz(
    target: Annotated[str | None, typer.Argument(metavar="[LESSON_OR_UNIT]", show_default=False)] = None,
    answers: Annotated[Path | None, typer.Option(metavar="FILE", help='Grade JSON lines {"id", "seed", "answer"} '
                                                 "instead of asking; - is stdin.", show_default=False)] = None,
    seed: Annotated[int | None, typer.Option(help="Ask this variant of each question.", min=0, max=HIGHEST_SEED,
                                             show_default=False)] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Ask the questions of a lesson (cnn/convolution), a unit (cnn), or all; numbers may be typed as expressions."""
    import json

    from tutor.answer_lines import quiz_object
    from tutor.workspace import open_workspace

    _refuse_with_answers(answers, target, seed)
    here = open_workspace(workspace)
    outcomes = _graded(here, answers) if answers else _asked(here, target, seed, as_json, ascii)
    if as_json:
        print(json.dumps(quiz_object(here, outcomes), indent=2))
    else:
        _print(outcomes, ascii, each=answers is not None)
    raise typer.Exit(0 if all(outcome.is_right for outcome in outcomes) else 1)


@dataclass
class TerminalTalk:
    """Lines of the terminal or of a pipe; with --json the talk goes to stderr, so that stdout holds the object only."""

    width: int
    charset: "Charset"
    is_aside: bool = False

    def show(self, rows: "Sequence[Row]") -> None:
        from tutor.console import print_rows
        from tutor.drawing.rows import plain

        if self.is_aside:
            print(
                "\n".join(plain([[(self.charset.translate(text), "") for text, _ in row] for row in rows])),
                file=sys.stderr,
            )
        else:
            print_rows(rows, self.charset)

    def read(self, prompt: str) -> str | None:
        """A line; what comes through a pipe is printed again, so that the transcript can be read."""
        from tutor.drawing.printable import printable_line

        stream = sys.stderr if self.is_aside else sys.stdout
        try:
            if sys.stdin.isatty() and not self.is_aside:
                return input(prompt)
            print(prompt, end="", file=stream, flush=True)
            line = input()
        except EOFError:
            print(file=stream)
            return None
        if not sys.stdin.isatty():
            print(printable_line(line), file=stream)
        return line


def _asked(here: "Workspace", target: str | None, seed: int | None, as_json: bool, ascii_only: bool) -> "list[Outcome]":
    import io

    from tutor.answering import find_questions, next_seed
    from tutor.console import console_charset, console_width
    from tutor.quizzing import ask_all
    from tutor.refusals import NOT_VERIFIABLE, Refusal

    questions = find_questions(target)
    if not questions:
        where = target or "the course"
        raise Refusal("There are no questions here yet.", where, "see the lessons: phase3-tutor lesson", NOT_VERIFIABLE)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if sys.stdin.isatty():
        import readline  # noqa: F401  (arrows and history in input())
    talk = TerminalTalk(min(console_width(), 80), console_charset(ascii_only), as_json)
    return list(ask_all(here, questions, next_seed(here) if seed is None else seed, talk, _note))


def _graded(here: "Workspace", answers: Path) -> "list[Outcome]":
    from tutor.answer_lines import read_answers
    from tutor.quizzing import grade_all

    return list(grade_all(here, read_answers(answers), _note))


def _print(outcomes: "Sequence[Outcome]", ascii_only: bool, each: bool) -> None:
    """The sum; and each verdict where nothing was said in a talk."""
    from tutor.console import console_charset, console_width, print_rows
    from tutor.quizzing import draw_outcome, draw_outcomes

    width, charset = console_width(), console_charset(ascii_only)
    for outcome in outcomes if each else ():
        print_rows([*draw_outcome(outcome, width, charset), []], charset)
    print_rows(draw_outcomes(outcomes), charset)


def _note(notice: str) -> None:
    if notice:
        print(notice, file=sys.stderr)


def _refuse_with_answers(answers: Path | None, target: str | None, seed: int | None) -> None:
    """The lines of a file say which question and which variant they answer."""
    from tutor.refusals import Refusal

    for word, is_there in ((target, target is not None), ("--seed", seed is not None)):
        if answers and is_there:
            raise Refusal(f"--answers and {word} do not go together.", "quiz", f"leave out --answers or {word}")
