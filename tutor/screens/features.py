"""What every stage of a trained net makes of one image: a page of feature maps."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.feature_maps import draw_feature_maps, pictures_per_page
from tutor.drawing.feature_pages import Features, draw_prediction
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, STRONG, Row, spread, wrap
from tutor.screens.shell import Shell
from tutor.widgets.picture import Picture
from tutor.widgets.spinner import INTERVAL_S, Spinner


class FeaturesScreen(Shell):
    """Shows features; asks for another image by a message. All stages of an image come in one answer."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "features.tcss"]
    ABOUT = (
        "The same image as each stage of your net sees it, one small picture a channel. All pictures of a stage "
        "share one scale, drawn at the bottom: dark is low, bright is high. Early stages keep edges and strokes "
        "in place; later ones are small and answer to larger parts of the image."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "stage(-1)", "stage", key_display="[ ]", id="stage_down"),
        Binding("right_square_bracket", "stage(1)", "stage", show=False, id="stage_up"),
        Binding("left_curly_bracket", "image(-1)", "image", key_display="{ }", id="image_down"),
        Binding("right_curly_bracket", "image(1)", "image", show=False, id="image_up"),
        Binding("n,pagedown,space,right,down,j", "page(1)", "more channels", key_display="n p", id="next"),
        Binding("p,pageup,left,up,k", "page(-1)", "channels back", show=False, id="previous"),
    ]

    @dataclass
    class ImageRequested(Message):
        """What the net makes of this held-out image is wanted."""

        run_id: str
        image: int

    def __init__(self, run_id: str, charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.run_id = printable_line(run_id)
        self.features: Features | None = None
        self.image, self.stage, self.first = 0, 0, 0
        self.problem = ""
        self._spinner: Spinner | None = Spinner("asking your net; the first answer loads torch", charset)
        self._timer: Timer | None = None

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw, id="maps", classes="body")

    def on_mount(self) -> None:
        self._timer = self.set_interval(INTERVAL_S, self._turn)

    def show(self, features: Features, image: int) -> None:
        """The answer of the lab for this image; the stage that was looked at stays."""
        self._spinner, self.problem = None, ""
        self.features, self.image = features, image
        self.stage = min(self.stage, max(len(features.stages) - 1, 0))
        self._repaint()

    def show_refusal(self, refusal: str) -> None:
        """There are no feature maps, for this reason."""
        self._spinner, self.problem = None, printable_line(refusal)
        self._repaint()

    def title_row(self, width: int) -> Row:
        right: Row = draw_prediction(self.features) if self.features else []
        return spread([("Feature maps", STRONG), (f"   {self.run_id}", FAINT)], right, width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        if self._spinner:
            return self._spinner.draw()
        if not self.features:
            return []
        words = f"picture {self.stage + 1} of {len(self.features.stages)}, held-out image {self.image}"
        return [(words, FAINT)]

    def action_stage(self, by: int) -> None:
        if self.features:
            self.stage = min(max(self.stage + by, 0), len(self.features.stages) - 1)
            self.first = 0
            self._repaint()

    def action_image(self, by: int) -> None:
        wanted = max(self.image + by, 0)
        if self._spinner is None and wanted != self.image:
            self._spinner = Spinner(f"asking for image {wanted}", self.charset)
            self.repaint_frame()
            self.post_message(self.ImageRequested(self.run_id, wanted))

    def action_page(self, by: int) -> None:
        if self.features:
            picture = self.query_one("#maps", Picture)
            step = pictures_per_page(*picture.scrollable_content_region.size)
            last = max(len(self.features.stages[self.stage].maps) - 1, 0)
            self.first = min(max(self.first + by * step, 0), last - last % step)
            self._repaint()

    def _turn(self) -> None:
        if self._spinner:
            self.query_one("#hint", Picture).paint()

    def _repaint(self) -> None:
        self.query_one("#maps", Picture).paint(from_top=True)
        self.repaint_frame()

    def _draw(self, width: int, height: int) -> list[Row]:
        if self.problem:
            return wrap(self.problem, width, BAD)
        if not self.features or not self.features.stages:
            return []
        stage = self.features.stages[self.stage]
        return draw_feature_maps(stage, self.features.image, width, height, self.charset, self.first)
