import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.gradient_through_time import draw_gradient_through_time
from tutor.drawing.rows import cells, plain

SETTINGS = {"steps": 3, "recurrent": "torch's", "trained": 0, "seed": 4}


def lstm(first: float | None) -> dict:
    forget = {"mean": 0.5, "top": 0.531}
    return {"loss": 1.4, "c": [first, 0.5, 1.0], "joint": [0.04, 0.2, 1.0], "forget": forget}


ANSWER = {
    "settings": SETTINGS,
    "sequences": 16,
    "arms": {
        "RNN": {"loss": 1.386, "h": [1e-6, 1e-3, 1.0]},
        "LSTM, bias 0": lstm(0.25),
        "LSTM, bias 1": lstm(None),
        "GRU": {"loss": 0.0123, "h": [0.09, 0.3, 1.0]},
    },
    "sigma_max": 1.2,
    "spectral_radius": 0.6,
    "bound": [1.44, 1.2, 1.0],
}


def drawn(width: int = 76, charset=UNICODE, answer=ANSWER, shown="c", **changes) -> list[str]:
    rows = draw_gradient_through_time({**SETTINGS, **changes}, answer, shown, width, charset)
    assert {cells(row) for row in rows} == {width}
    return plain(rows)


def test_each_net_has_what_is_left_and_the_mean_factor_of_a_step():
    rows = drawn(charset=ASCII)
    assert rows[0] == "T = 3, untrained, RNN's U torch's, seed 4"
    assert rows[-7:] == [
        "step t; |dL/dh_t|, LSTM |dL/dc_t|, relative to t = T; loss at T only",
        "  net             at t = 1   a step     loss   f mean   f top",
        "* RNN                1e-06    0.001     1.39",
        "o LSTM, bias 0        0.25    0.500      1.4     0.50    0.53",
        "+ LSTM, bias 1         nan               1.4     0.50    0.53",
        "x GRU                 0.09    0.300   0.0123",
        "# RNN's bound         1.44    1.200  sigma_max 1.20, spectral radius 0.60",
    ]
    assert len(rows) == 18


def test_five_lines_have_five_marks():
    assert drawn(charset=ASCII)[1].startswith("* RNN  o LSTM, bias 0  + LSTM, bias 1  x GRU  # RNN's bound")
    assert [sign in drawn()[1] for sign in "●○◆◇▲"] == [True] * 5


def test_the_joint_gradient_of_the_lstms_is_another_curve():
    rows = drawn(shown="joint")
    assert "LSTM |dL/d(h_t,c_t)|" in rows[-7]
    assert len(rows) == 18
    assert rows[-4].split()[4:6] == ["0.04", "0.200"]


def test_until_the_lab_has_answered_it_says_what_will_be_seen():
    assert drawn(answer=None)[-1].startswith("computing")
    waits = drawn(answer=None, trained=400)
    assert waits[0].startswith("T = 3, 400 training steps")
    assert "trained first" in waits[-1]


@pytest.mark.parametrize("width", [20, 40, 56])
def test_a_narrow_figure_is_cut_or_made_smaller_but_never_wider(width: int):
    assert all(row.isascii() for row in drawn(width, ASCII))
