from typing import ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tests.tutor.screens.harness import Harness, words
from tutor.widgets.keys_line import KeysLine, fitting, key_name, shown_bindings


class Keyed(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back"),
        Binding("question_mark,f1", "app.help", "keys"),
        Binding("c", "check", "check the code"),
        Binding("ctrl+k", "other", "another thing"),
        Binding("left_square_bracket", "stage(-1)", "stage", key_display="[ ]"),
        Binding("x", "hidden", "hidden", show=False),
    ]
    checked = 0

    def compose(self) -> ComposeResult:
        yield KeysLine()

    def action_check(self) -> None:
        self.checked += 1


async def test_every_action_stands_once_with_back_and_keys_at_the_end():
    async with Harness(Keyed()).run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        assert words(pilot.app)[4] == " c check the code  ^k another thing  [ ] stage  esc back  ? keys"


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (60, " c check the code  ^k another thing  [ ] stage  esc  ? keys"),
        (50, " c check the code  ^k another thing  esc  ? more"),
        (40, " c check the code  esc back  ? more"),
        (20, " esc back  ? more"),
    ],
)
async def test_where_it_is_narrow_back_is_shortened_then_the_last_ones_go_whole_and_help_says_so(width, row):
    async with Harness(Keyed()).run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        assert words(pilot.app)[4] == row


def test_the_actions_that_matter_least_now_go_first_and_the_others_keep_their_order():
    bindings = [Binding(key, name, name) for key, name in zip("abc", ("first", "second", "third"), strict=True)]
    bindings += [Binding("escape", "back", "back"), Binding("question_mark", "app.help", "keys")]

    def told(width: int) -> str:
        return " ".join(each.action for each in fitting(bindings, width, ("first", "not here")))

    assert told(60) == "first second third back app.help"
    assert told(33) == "second third back app.help"
    assert told(23) == "second back app.help"
    assert told(1) == "back app.help"


async def test_a_click_presses_the_key():
    screen = Keyed()
    async with Harness(screen).run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        await pilot.click(KeysLine, offset=(4, 0))
        await pilot.pause()
        assert screen.checked == 1


async def test_help_knows_the_same_keys():
    screen = Keyed()
    async with Harness(screen).run_test(size=(80, 5)):
        names = [key_name(binding) for binding in shown_bindings(screen)]
        assert names[-2:] == ["esc", "?"]
        assert "x" not in names
