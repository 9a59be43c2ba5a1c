import pytest

from tests.tutor.screens.harness import Harness, words
from tutor.widgets.choices import Choices, Entry

ENTRIES = [
    Entry([("heading", "bold")]),
    Entry([("one", "")], "1"),
    Entry([("two", "")], "2"),
    Entry([("another heading", "bold")]),
    Entry([("three", "")], "3"),
]


def a_list(entries=ENTRIES) -> Choices:
    choices = Choices(">")
    choices.show(lambda _width: entries)
    return choices


async def test_the_pointer_stands_on_the_first_entry_and_never_on_a_heading():
    async with Harness(a_list()).run_test(size=(30, 8)) as pilot:
        assert words(pilot.app)[:3] == ["  heading", "> one", "  two"]


@pytest.mark.parametrize(
    ("keys", "target"),
    [("j", "2"), ("jj", "3"), ("jjj", "3"), ("jjk", "2"), ("kk", "1"), (["down", "down", "up"], "2"), (["end"], "3"),
     (["end", "home"], "1")],
)  # fmt: skip
async def test_arrows_and_their_letters_move_over_headings_and_stop_at_the_ends(keys, target):
    choices = a_list()
    async with Harness(choices).run_test(size=(30, 8)) as pilot:
        await pilot.press(*keys)
        assert choices.target == target


async def test_enter_tells_what_was_chosen():
    app = Harness(a_list())
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.press("j", "enter")
        await pilot.pause()
    assert [message.target for message in app.told(Choices.Chosen)] == ["2"]


async def test_a_click_chooses_and_a_click_on_a_heading_does_not():
    app = Harness(a_list())
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.click(Choices, offset=(3, 0))
        await pilot.click(Choices, offset=(3, 4))
        await pilot.pause()
    assert [message.target for message in app.told(Choices.Chosen)] == ["3"]


async def test_the_highlighted_entry_is_told_at_once_and_at_each_move():
    app = Harness(a_list())
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.press("j")
        await pilot.pause()
    assert [message.target for message in app.told(Choices.Highlighted)] == ["1", "2"]


async def test_the_pointer_stays_on_its_entry_when_others_come_or_go():
    choices = a_list()
    async with Harness(choices).run_test(size=(30, 8)) as pilot:
        await pilot.press("j")
        choices.show(lambda _width: [Entry([("zero", "")], "0"), *ENTRIES])
        assert choices.target == "2"
        choices.show(lambda _width: ENTRIES[:2])
        assert choices.target == "1"


async def test_a_list_that_is_only_looked_at_opens_nothing():
    choices = Choices(">", opens=False)
    choices.show(lambda _width: ENTRIES)
    app = Harness(choices)
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert choices.target == "2"
    assert app.told(Choices.Chosen) == []


async def test_a_list_without_entries_takes_every_key():
    app = Harness(a_list([Entry([("nothing here", "")])]))
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.press("down", "enter", "k", "end")
        await pilot.pause()
    assert app.told(Choices.Chosen) == []


async def test_an_entry_below_the_window_is_scrolled_into_it():
    entries = [Entry([(f"entry {n}", "")], str(n)) for n in range(50)]
    async with Harness(a_list(entries)).run_test(size=(30, 8)) as pilot:
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        assert words(pilot.app)[7].startswith("> entry 49")
        await pilot.press("home")
        await pilot.pause()
        assert words(pilot.app)[0].startswith("> entry 0")
