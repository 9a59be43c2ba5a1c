"""The last row of every screen: its keys, those that matter most where not all fit, and where the others are told."""

from collections.abc import Sequence
from dataclasses import replace

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
BACK, HELP = ("back", "leave"), "app.help"
LAST = (*BACK, HELP)  # actions that stand at the end of every row, and stay however narrow it is
MORE = "more"  # what `?` is called where keys were left out


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
        first_to_go = getattr(self.screen, "first_to_go", lambda: ())()
        for binding in fitting(shown_bindings(self.screen), width, first_to_go):
            start = cells(row) + (_GAP if row else 0)
            words = f" {binding.description}" if binding.description else ""
            row += [(" " * (start - cells(row)), ""), (key_name(binding), "bold cyan"), (words, "")]
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


def fitting(bindings: Sequence[Binding], width: int, first_to_go: Sequence[str] = ()) -> list[Binding]:
    """The bindings that fit: first `back` loses its word, then actions go, those of `first_to_go` before the last.

    Where any has gone, `?` says that there are more: its page tells them all.
    """
    if _width(bindings) <= width:
        return list(bindings)
    kept = [replace(each, description="") if each.action in BACK else each for each in bindings]
    own = [each.action for each in kept if each.action not in LAST]
    leaving = [action for action in first_to_go if action in own]
    leaving += [action for action in reversed(own) if action not in leaving]
    for action in leaving:
        if _width(kept) <= width:
            break
        kept = [_saying_more(each) for each in kept if each.action != action]
    whole = [_of(each, bindings) if each.action in BACK else each for each in kept]
    return whole if _width(whole) <= width else kept


def _of(binding: Binding, bindings: Sequence[Binding]) -> Binding:
    """The same one with its word again."""
    return next(each for each in bindings if each.action == binding.action)


def _saying_more(binding: Binding) -> Binding:
    return replace(binding, description=MORE) if binding.action == HELP else binding


def _width(bindings: Sequence[Binding]) -> int:
    sizes = [len(key_name(binding)) + len(f" {binding.description}".rstrip()) for binding in bindings]
    return sum(sizes) + _GAP * (len(sizes) - 1)


def key_name(binding: Binding) -> str:
    """The key as it stands on the keyboard: enter, ^q, ?, c."""
    if binding.key_display:
        return binding.key_display
    key = binding.key.split(",")[0]
    return f"^{key[5:]}" if key.startswith("ctrl+") else _NAMES.get(key, key)
