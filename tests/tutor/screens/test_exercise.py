from dataclasses import replace

import pytest

from lessons.catalog import Exercise
from lessons.checking.verdict import Verdict
from tests.tutor.screens.harness import Harness, words
from tutor.drawing.charset import ASCII, UNICODE
from tutor.screens.exercise import ExerciseScreen, Known

EXERCISE = Exercise(
    id="cnn/conv2d", title="Convolution", file="cnn/conv.py", symbols=("conv2d",),
    equation="y[i, j] = sum w[u, v] x[i + u, j + v]\nH' = H - kh + 1", citation="Dumoulin 2016", needs=("cnn/first",),
    hints=("one", "two", "three"), denied=(), after="Right.",
)  # fmt: skip
KNOWN = Known("failed", "flipped-kernel, 2 h ago", "1 of 11", True, "def conv2d(x, w):\n\nCross-correlate.")
FAILED = Verdict("cnn/conv2d", "failed", "The kernel is turned.", mistake="flipped-kernel", stdout="printed\n")
PASSED = Verdict("cnn/conv2d", "passed", "15 of 15 cases agree.", after="Why it is right.")


def a_screen(charset=UNICODE) -> ExerciseScreen:
    return ExerciseScreen(EXERCISE, "/home/learner/phase3/cnn/conv.py", KNOWN, charset)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
async def test_it_shows_equation_file_last_verdict_and_what_is_to_be_written(size, charset):
    async with Harness(a_screen(charset)).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "1 of 11, failed" in text
        assert "file /home/learner/phase3/cnn/conv.py" in text
        assert "y[i, j] = sum" in text
        assert "H' = H - kh + 1" in text
        assert "Last check: failed, flipped-kernel, 2 h ago." in text
        assert "It builds on cnn/first." in " ".join(text.split())
        assert "def conv2d(x, w):" in text
        assert charset.unicode or text.isascii()


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("c", ExerciseScreen.CheckRequested),
        ("h", ExerciseScreen.HintRequested),
        ("e", ExerciseScreen.EditRequested),
        ("l", ExerciseScreen.LessonRequested),
        ("w", ExerciseScreen.WatchToggled),
        ("s", ExerciseScreen.SolutionRequested),
        ("R", ExerciseScreen.ResetRequested),
    ],
)
async def test_each_key_tells_its_wish(key, message):
    app = Harness(a_screen())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
    assert [told.exercise_id for told in app.told(message)] == ["cnn/conv2d"]


async def test_while_it_is_checked_a_spinner_turns_and_a_second_check_is_not_asked_for():
    screen = a_screen()
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show_checking()
        await pilot.press("c", "c")
        await pilot.pause()
        assert "checking your code" in "\n".join(words(app))
        screen.show_verdict(PASSED)
        await pilot.pause()
        assert "checking your code" not in "\n".join(words(app))
    assert app.told(ExerciseScreen.CheckRequested) == []


async def test_a_failed_verdict_is_told_and_enter_goes_nowhere():
    screen = a_screen()
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show_verdict(FAILED)
        await pilot.press("enter")
        await pilot.pause()
        text = "\n".join(words(app))
        assert "✗ FAILED  flipped-kernel" in text
        assert "Change the file and press c again" in text
        assert "printed" in text
    assert app.told(ExerciseScreen.NextRequested) == []


async def test_after_passing_enter_goes_on():
    screen = a_screen()
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        screen.show_verdict(PASSED)
        await pilot.pause()
        assert "Why it is right." in "\n".join(words(app))
        assert "enter goes on to what is next." in words(app)[22]
        await pilot.press("enter")
        await pilot.pause()
    assert len(app.told(ExerciseScreen.NextRequested)) == 1


@pytest.mark.parametrize(
    ("state", "told", "goes_on"),
    [
        ("passed", "enter goes on to what is next. c checks it again.", 1),
        ("variant", "enter goes on to what is next. c checks it again.", 1),
        ("missing", "Write conv2d in cnn/conv.py, then press c.", 0),
        ("stale", "The file has changed since it was checked; c checks it as it is now.", 0),
        ("failed", "Change the file and press c again; h gives a hint.", 0),
    ],
)
async def test_what_was_known_before_says_what_to_do_now(state, told, goes_on):
    app = Harness(ExerciseScreen(EXERCISE, "/home/learner/phase3/cnn/conv.py", replace(KNOWN, state=state)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert words(app)[22].strip() == told
        await pilot.press("enter")
        await pilot.pause()
    assert len(app.told(ExerciseScreen.NextRequested)) == goes_on


async def test_hints_gather_below_the_verdict_and_each_only_once():
    screen = a_screen()
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show_verdict(FAILED)
        screen.show_hint(1, 3, "Lay the kernel on the image.")
        screen.show_hint(2, 3, "Mind the dilation.")
        screen.show_hint(2, 3, "Mind the dilation.")
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert text.index("Hint 1 of 3: Lay") < text.index("Hint 2 of 3: Mind")
        assert text.count("Hint 2 of 3") == 1


async def test_a_check_that_could_not_be_made_says_why():
    screen = a_screen()
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show_checking()
        screen.show_refusal("The judge process ended: out of memory. Next: try again")
        await pilot.pause()
        assert words(pilot.app)[22].startswith(" The judge process ended")
        assert not screen.is_checking


async def test_output_of_the_learner_cannot_act_on_the_terminal_or_end_the_app():
    hostile = "\x1b[2J[/][@click=app.quit]x[/] \x1b]52;c;aGk=\x07"
    verdict = Verdict("cnn/conv2d", "error", hostile, mistake=None, stdout=hostile, detail=(hostile,))
    screen = a_screen()
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show_verdict(verdict, notice=hostile)
        await pilot.pause()
        text = "".join(words(pilot.app))
        assert "\x1b" not in text
        assert "[/][@click=app.quit]x[/]" in text


async def test_a_long_verdict_is_scrolled_by_arrows_and_their_letters():
    screen = a_screen()
    verdict = Verdict("cnn/conv2d", "failed", "\n".join(f"line {n}" for n in range(60)))
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show_verdict(verdict)
        await pilot.pause()
        await pilot.press("j", "down", "pagedown")
        await pilot.pause()
        assert any(row.startswith(" line 12") for row in words(pilot.app))
        assert not any(row.strip() == "line 9" for row in words(pilot.app))


async def test_the_watch_is_said_in_the_title_and_told_on_and_off():
    app = Harness(a_screen())
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert words(app)[0].endswith("1 of 11, failed, watched")
        assert words(app)[14] == " Watched: every save is checked. w ends it, h gives a hint."
        await pilot.press("w")
        await pilot.pause()
        assert words(app)[0].endswith("1 of 11, failed")
    assert [told.is_on for told in app.told(ExerciseScreen.WatchToggled)] == [True, False]


async def test_after_a_reset_nothing_of_the_old_verdict_is_left():
    screen = a_screen()
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        screen.show_verdict(PASSED)
        screen.show_hint(1, 3, "Lay the kernel on the image.")
        screen.show_stub_again()
        await pilot.press("enter")
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "1 of 11, to do" in text
        assert "def conv2d(x, w):" in text
        assert not any(old in text for old in ("PASSED", "Hint 1", "Last check"))
    assert pilot.app.told(ExerciseScreen.NextRequested) == []  # pyright: ignore[reportAttributeAccessIssue]


async def test_the_row_of_keys_holds_every_key_at_80_columns():
    async with Harness(a_screen()).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        keys = "c check  e edit  h hint  w watch  l lesson  s solution  R reset  esc  ? keys"
        assert words(pilot.app)[23].strip() == keys


@pytest.mark.parametrize(
    ("verdict", "size", "keys"),
    [
        (None, (60, 16), "c check  e edit  h hint  w watch  s solution  esc  ? more"),
        (FAILED, (60, 16), "c check  e edit  h hint  w watch  s solution  esc  ? more"),
        (PASSED, (60, 16), "c check  e edit  enter next  s solution  esc back  ? more"),
        (PASSED, (80, 24), "c check  e edit  enter next  w watch  l lesson  s solution  esc back  ? more"),
    ],
)
async def test_where_not_all_keys_fit_those_stay_that_are_needed_now(verdict, size, keys):
    screen = a_screen()
    async with Harness(screen).run_test(size=size) as pilot:
        if verdict:
            screen.show_verdict(verdict)
        await pilot.pause()
        assert words(pilot.app)[size[1] - 1].strip() == keys
