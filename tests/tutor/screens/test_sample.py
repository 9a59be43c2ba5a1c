"""A net that speaks: its text appears bit by bit, at another temperature on request."""

import pytest
from textual.app import App

from tutor.drawing.rows import plain
from tutor.screens.sample import LENGTH, SampleScreen
from tutor.widgets.picture import Picture

ANSWER = {"text": "KING:\nNo, no, no life!" * 3, "probabilities": [0.25] * 66, "run": "r", "step": 1}


class Host(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[SampleScreen.TextWanted] = []
        self.speech = SampleScreen("rnn-full-001")

    async def on_mount(self) -> None:
        await self.push_screen(self.speech)

    def on_sample_screen_text_wanted(self, message: SampleScreen.TextWanted) -> None:
        self.wanted.append(message)


def text_of(host: Host) -> str:
    return "\n".join(plain(host.speech.query_one("#text", Picture).rows))


async def test_it_asks_at_once_types_by_and_by_and_shows_all_on_a_key():
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [(each.temperature, each.seed) for each in host.wanted] == [(0.8, 0)]
        host.speech.show(ANSWER)
        await pilot.pause(0.35)
        early = text_of(host)
        assert 0 < len(early) < len(ANSWER["text"])
        assert ANSWER["text"].startswith(early)
        await pilot.press("space")
        assert text_of(host) == ANSWER["text"]
        assert "66 of 66: ! had 25%" in "".join(plain([host.speech.hint_row(76)]))


@pytest.mark.parametrize(("key", "temperature"), [("plus", 1.0), ("minus", 0.6), ("enter", 0.8)])
async def test_keys_ask_for_another_text(key, temperature):
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        host.speech.show(ANSWER)
        await pilot.press(key)
        await pilot.pause()
        assert host.wanted[-1].temperature == temperature
        assert host.wanted[-1].seed == (1 if key == "enter" else 0)


async def test_chances_are_shown_on_a_key_and_a_refusal_in_words():
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        host.speech.show(ANSWER)
        await pilot.press("space", "p")
        assert "KING:↵" in text_of(host)
        host.speech.show_refusal("reads no text")
        await pilot.pause()
        assert "reads no text" in text_of(host)
    assert LENGTH <= 20_000
