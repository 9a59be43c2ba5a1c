"""What every screen has in the same place: a title, a rule, a body, one line of hint, the keys."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import FAINT, STRONG, Row, fit, wrap
from tutor.widgets.keys_line import KeysLine
from tutor.widgets.picture import Picture

SMALLEST = (60, 16)
TALL = 22  # from here on a screen has room for two things one above the other


class Shell(Screen[None]):
    """Composes the frame; a screen of the tutor yields its body and says what stands in title and hint."""

    CSS_PATH = "shell.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", id="back"),
        Binding("question_mark,f1", "app.help", "keys", id="help"),
    ]
    ABOUT: ClassVar[str] = ""  # what the screen shows and how to read its picture, for the `?` key

    def __init__(self, charset: Charset = UNICODE) -> None:
        super().__init__()
        self.charset = charset

    def compose(self) -> ComposeResult:
        yield Picture(lambda width, _: [fit(self.title_row(width), width, self.charset.cut)], id="title")
        yield Picture(lambda width, _: [[(self.charset.rule * width, FAINT)]], id="rule")
        yield from self.compose_body()
        yield Picture(lambda width, _: [fit(self.hint_row(width), width, self.charset.cut)], id="hint")
        yield KeysLine()
        yield Picture(self._sentence, id="too-small")

    def compose_body(self) -> ComposeResult:
        """The widgets between title and hint."""
        yield from ()

    def title_row(self, _width: int) -> Row:
        """Where the learner is."""
        return [("phase3-tutor", STRONG)]

    def hint_row(self, _width: int) -> Row:
        """What can be done here, or what just happened."""
        return []

    @property
    def about(self) -> str:
        """What `?` says of the screen as it is now."""
        return self.ABOUT

    def first_to_go(self) -> Sequence[str]:
        """Actions that the row of keys leaves out first where it is too narrow for all; else the last go first."""
        return ()

    def repaint_frame(self) -> None:
        """Draw title and hint anew."""
        for name in ("#title", "#hint"):
            self.query_one(name, Picture).paint()

    def on_resize(self, event: events.Resize) -> None:
        too_small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        self.set_class(too_small, "-too-small")
        self.set_class(event.size.height < TALL, "-short")

    def action_back(self) -> None:
        """Leave the screen; on the map, the app asks to quit."""
        self.app.pop_screen()

    def _sentence(self, width: int, _height: int) -> list[Row]:
        is_now, needed = f"{self.app.size.width}x{self.app.size.height}", f"{SMALLEST[0]}x{SMALLEST[1]}"
        return wrap(f"This window is {is_now}. The tutor needs {needed}; make it larger. ctrl+q quits.", width)
