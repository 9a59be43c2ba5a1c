import pytest

from models.gradient_history import GradientHistory
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.gradients import draw_gradients
from tutor.drawing.rows import plain

HISTORY = GradientHistory(
    tuple(range(1, 200, 3)),
    {
        "conv1": tuple(10.0 ** (-4 - k / 60) for k in range(67)),
        "stages.0.0.conv1": tuple(0.01 for _ in range(67)),
        "stages.2.8.conv2": tuple(None if k == 40 else 0.5 for k in range(67)),
        "fc": tuple(2.0 for _ in range(67)),
    },
)


@pytest.mark.parametrize("width", [100, 76, 56, 40])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_it_fits_its_width_and_its_character_set(width, charset):
    rows = plain(draw_gradients(HISTORY, width, charset))
    assert max(map(len, rows)) <= width
    assert charset is UNICODE or "\n".join(rows).isascii()


def test_the_ends_are_compared_at_the_first_step_and_now():
    rows = plain(draw_gradients(HISTORY, 76, ASCII))
    assert rows[0].startswith("layer               step 1 to 199")
    assert "conv1 against stages.2.8.conv2: 0.0002 at first, 1.59e-05 now." in rows
    (row,) = [row for row in rows if row.startswith("stages.2.8.conv2")]
    assert row.count("?") == 1, "the step whose norm was no number is seen"
    assert row.endswith("0.500")


def test_a_layer_that_is_pulled_less_is_darker_all_along():
    rows = plain(draw_gradients(HISTORY, 76, ASCII))
    ramp = " .:-=+*#%@"
    levels = {row[:20].strip(): {ramp.index(sign) for sign in row[20:60] if sign in ramp} for row in rows[1:5]}
    assert max(levels["conv1"]) < min(levels["stages.0.0.conv1"]) < min(levels["fc"])
