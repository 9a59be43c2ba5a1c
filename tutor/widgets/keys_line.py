"""The last row of every screen: its keys, as many as fit, and where the others are told."""

from textual import events
from textual.binding import Binding
from textual.screen import Screen

from tutor.drawing.rows import Row, cells
from tutor.widgets.picture import Picture

_NAMES = {
    "enter": "enter",
    "escape": "esc",
    "question_mark": "?",
    "left_square_bracket": "[",
    "space": "space",
}
_NAMES |= {"right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}"}
_GAP = 2
LAST = ("back", "leave", "app.help")  # actions that stand at the end of every row
_ALWAYS = 2  # of them, so many stay however narrow it is


class KeysLine(Picture):
    """Reads the bindings of its screen; a click on one presses it."""

    DEFAULT_CSS = """
    KeysLine { height: 1; dock: bottom; overflow-y: hidden; background: $panel; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(self._draw, id="keys")
        self._places: list[tuple[int, int, str]] = []  # first and last column (excluded), key

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.paint())

    def _draw(self, width: int, _height: int) -> list[Row]:
        row: Row = []
        self._places = []
        bindings = shown_bindings(self.screen)
        while bindings and _width(bindings) > width:
            bindings.pop(max(len(bindings) - _ALWAYS - 1, 0))  # those at the end are told by the last one, `?`
        for binding in bindings:
            name, start = key_name(binding), cells(row) + (_GAP if row else 0)
            row += [(" " * (start - cells(row)), ""), (name, "bold cyan"), (f" {binding.description}", "")]
            self._places.append((start, cells(row), binding.key))
        return [row]

    def on_click(self, event: events.Click) -> None:
        for start, end, key in self._places:
            if start <= event.x - self.styles.padding.left < end:
                self.app.simulate_key(key)


def shown_bindings(screen: Screen) -> list[Binding]:
    """The keys that act here, one for each action: the screen's own first, then back and help."""
    shown = [active.binding for active in screen.active_bindings.values() if active.binding.show]
    by_action = {binding.action: binding for binding in reversed(shown)}
    own = [binding for binding in by_action.values() if binding.action not in LAST]
    return [*reversed(own), *(by_action[action] for action in LAST if action in by_action)]


def _width(bindings: list[Binding]) -> int:
    return sum(len(key_name(binding)) + 1 + len(binding.description) + _GAP for binding in bindings) - _GAP


def key_name(binding: Binding) -> str:
    """The key as it stands on the keyboard: enter, ^q, ?, c."""
    if binding.key_display:
        return binding.key_display
    key = binding.key.split(",")[0]
    return f"^{key[5:]}" if key.startswith("ctrl+") else _NAMES.get(key, key)
