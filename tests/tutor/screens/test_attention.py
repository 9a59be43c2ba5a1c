"""The screen of attention: keys, the line to type at, and what it asks for."""

from textual.app import App
from textual.widgets import Input

from tests.tutor.attention_answers import known_answer
from tutor.drawing.rows import plain
from tutor.screens.attention import AttentionScreen
from tutor.widgets.picture import Picture


class Host(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[str] = []
        self.attention = AttentionScreen("transformer-quick-001")

    async def on_mount(self) -> None:
        await self.push_screen(self.attention)

    def on_attention_screen_sentence_wanted(self, message: AttentionScreen.SentenceWanted) -> None:
        self.wanted.append(message.text)


def text_of(host: Host) -> str:
    rows = host.attention.query_one("#maps", Picture).rows
    return "\n".join(plain([*rows, host.attention.hint_row(76), host.attention.title_row(76)]))


async def test_it_asks_at_once_shows_all_heads_and_enlarges_one_with_a_key():
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert host.wanted == [""]
        host.attention.show(known_answer())
        await pilot.pause()
        assert "layer 0 head 2" in text_of(host)
        await pilot.press("z", "right_curly_bracket", "down")
        assert "›w            00     1.     00" in text_of(host)
        assert 'to write "w" it looks at: two 1.00' in text_of(host)
        assert "cross, layer 1 of 0-1, head 1 of 0-2" in text_of(host)
        await pilot.press("right")
        assert "→ z\n" in text_of(host)
        await pilot.press("a")
        assert "the source looks at itself" in text_of(host)


async def test_another_sentence_is_typed_at_a_line_that_comes_and_goes():
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        host.attention.show(known_answer())
        await pilot.press("z", "i", *"ten", "enter")
        assert host.wanted == ["", "ten"]
        assert not host.attention.query_one(Input).display
        host.attention.show(known_answer(source=2))
        await pilot.press("i", "escape")
        assert host.screen is host.attention
        assert "ninety    two" in text_of(host), "what was enlarged stays so"


async def test_a_word_that_is_not_known_is_told_and_the_picture_stays():
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        host.attention.show(known_answer())
        host.attention.show_refusal("The word 'elf' does not occur. Next: use these")
        await pilot.pause()
        assert "The word 'elf'" in text_of(host)
        assert "layer 0 head 2" in text_of(host)
        await pilot.press("z")
        assert "The word 'elf'" not in text_of(host)
