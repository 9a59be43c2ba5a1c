"""What the tests of screens and widgets share: an empty app around one of them, and the words on the screen."""

from typing import TypeVar

from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

Kind = TypeVar("Kind", bound=Message)


class Harness(App[None]):
    """An app that shows one screen, or one widget, and keeps every message that reaches it."""

    def __init__(self, shown: Screen | Widget) -> None:
        super().__init__()
        self.shown = shown
        self.seen: list[Message] = []

    async def on_mount(self) -> None:
        if isinstance(self.shown, Screen):
            await self.push_screen(self.shown)
        else:
            await self.screen.mount(self.shown)
            self.shown.focus()

    def post_message(self, message: Message) -> bool:
        self.seen.append(message)
        return super().post_message(message)

    def told(self, kind: type[Kind]) -> list[Kind]:
        """The messages of this kind, oldest first."""
        return [message for message in self.seen if type(message) is kind]


def words(app: App) -> list[str]:
    """The rows of the terminal as text, their right ends cut."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
