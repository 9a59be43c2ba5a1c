import pytest

from lessons.questions.choose_all import ChooseAllQuestion, Option
from lessons.questions.grading import grade
from lessons.questions.numeric import NumericQuestion, Wrong
from lessons.questions.variables import Drawn
from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE
from tutor.screens.quiz import QuizScreen

NUMBER = NumericQuestion(
    "cnn/pooling/left", "after", "What is {k} squared?", "k**2", "It is {answer}.", "weights",
    variables={"k": Drawn(tuple(range(3, 30)))}, wrong=(Wrong("2 * k", "You doubled {k}."),),
)  # fmt: skip
OPENING = NumericQuestion("cnn/pooling/opening", "before", "What is 2 + 2?", "4", "It is 4.")
POOL = tuple(Option(f"statement {n}", n < 3, f"why {n}") for n in range(6))
HOLDS = ChooseAllQuestion("cnn/pooling/holds", "after", "Choose all that hold.", "Those three.", POOL)


class Graded(Harness):
    """Grades as the app does, and keeps no record."""

    def on_quiz_screen_question_answered(self, message: QuizScreen.QuestionAnswered) -> None:
        screen = self.screen
        assert isinstance(screen, QuizScreen)
        question = next(q for q in screen.questions if q.id == message.question_id)
        screen.show_grade(grade(question.variant(message.seed), message.answer))

    def on_quiz_screen_gave_up(self) -> None:
        assert isinstance(self.screen, QuizScreen)
        self.screen.show_explanation()


def answers(app: Harness) -> list[tuple[str, object]]:
    return [(told.question_id, told.answer) for told in app.told(QuizScreen.QuestionAnswered)]


def shown(app: Harness) -> str:
    return "\n".join(words(app))


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_a_number_is_typed_and_told_with_its_seed(size, charset):
    app = Harness(QuizScreen("Questions", [NUMBER, HOLDS], 7, charset))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"2*9", "enter")
        await pilot.pause()
        text = shown(app)
    (told,) = app.told(QuizScreen.QuestionAnswered)
    assert (told.question_id, told.seed, told.answer) == ("cnn/pooling/left", 7, "2*9")
    assert NUMBER.variant(7).text in text
    assert "question 1 of 2" in text
    assert charset.unicode or text.isascii()


async def test_letters_that_are_keys_elsewhere_can_be_typed():
    app = Harness(QuizScreen("Questions", [NUMBER]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"sqrt(4)", "space", "enter")
        await pilot.pause()
    assert answers(app) == [("cnn/pooling/left", "sqrt(4)")]


async def test_a_wrong_number_hears_its_misconception_and_can_be_mended():
    k = NUMBER.variant(0).values["k"]
    app = Graded(QuizScreen("Questions", [NUMBER]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*str(2 * k), "enter")
        await pilot.pause()
        assert f"You doubled {k}." in shown(app)
        assert f"It is {k * k}" not in shown(app)
        await pilot.press(*f"{k}^2", "enter")  # typed over the wrong one
        await pilot.pause()
        assert f"Right: {k * k} weights." in shown(app)
        assert "enter goes back" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(app.screen, QuizScreen)
    assert [told.answered for told in app.told(QuizScreen.QuizEnded)] == [("cnn/pooling/left",)]


@pytest.mark.parametrize("give_up", [["ctrl+g"], ["?", "enter"]])
async def test_who_gives_up_is_asked_again_with_other_numbers(give_up):
    app = Graded(QuizScreen("Questions", [NUMBER, HOLDS]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*give_up)
        await pilot.pause()
        assert f"The answer is {NUMBER.variant(0).answer} weights." in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        assert screen.variant.text != NUMBER.variant(0).text
        assert screen.variant.text in shown(app)
        assert "The answer is" not in shown(app)
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert "Choose all that hold." in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_options_are_ticked_by_space_and_by_letter(size, charset):
    app = Harness(QuizScreen("Questions", [HOLDS], 0, charset))
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "Tick those that hold first" in shown(app)
        await pilot.press("space", "down", "space", "f", "b")
        await pilot.pause()
        text = shown(app)
        assert "[x] a " in text
        assert "[ ] b " in text
        assert "[x] f " in text
        await pilot.press("enter")
        await pilot.pause()
    assert answers(app) == [("cnn/pooling/holds", (1, 6))]
    assert charset.unicode or text.isascii()


async def test_a_click_ticks_an_option():
    app = Harness(QuizScreen("Questions", [HOLDS]))
    async with app.run_test(size=(80, 24)) as pilot:
        row = next(y for y, line in enumerate(words(app)) if "[ ] c " in line)
        await pilot.click(offset=(12, row))
        await pilot.pause()
        assert "[x] c " in shown(app)


async def test_a_right_choice_is_closed_and_enter_goes_on():
    right = sorted(HOLDS.variant(0).answer)
    app = Graded(QuizScreen("Questions", [HOLDS, NUMBER]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*("abcdef"[number - 1] for number in right), "enter")
        await pilot.pause()
        assert "Right." in shown(app)
        assert "Those three." in shown(app)
        await pilot.press("a", "space")
        await pilot.pause()
        assert shown(app).count("[x]") == 3
        await pilot.press("enter")
        await pilot.pause()
        assert "question 2 of 2" in shown(app)
        await pilot.press("5", "enter")
        await pilot.pause()
    assert answers(app) == [("cnn/pooling/holds", tuple(right)), ("cnn/pooling/left", "5")]


async def test_a_question_before_a_lesson_is_noted_and_not_judged():
    app = Graded(QuizScreen("Before you read", [OPENING]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+g")
        await pilot.press(*"5", "enter")
        await pilot.pause()
        assert "Noted." in shown(app)
        assert "give up" not in shown(app)
        assert "Not that" not in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(app.screen, QuizScreen)
    assert [told.answered for told in app.told(QuizScreen.QuizEnded)] == [("cnn/pooling/opening",)]
    assert app.told(QuizScreen.GaveUp) == []


@pytest.mark.parametrize("key", ["escape", "ctrl+n"])
async def test_a_question_can_be_left_open(key):
    app = Graded(QuizScreen("Before you read", [OPENING]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert not isinstance(app.screen, QuizScreen)
    assert [told.answered for told in app.told(QuizScreen.QuizEnded)] == [()]


async def test_what_does_not_fit_is_brought_into_view():
    long = tuple(Option(f"statement {n} " + "and more words " * 7, n < 3, "why " + "it is so " * 20) for n in range(6))
    app = Graded(QuizScreen("Questions", [ChooseAllQuestion("a/b/c", "after", "Choose. " * 30, "Those.", long)]))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press("a", "b", "c", "d", "e", "f", "enter")
        await pilot.pause()
        assert "it is so" in shown(app)
        await pilot.press("up", "up", "up", "up", "up", "up")
        await pilot.pause()
        assert "Choose." in shown(app)
