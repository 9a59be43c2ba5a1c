import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.activation_histograms import draw_activation_histograms
from tutor.drawing.rows import cells, plain

SETTINGS = {"depth": 2, "gain": 0.5, "seed": 0}
NARROW = [0.0] * 8 + [0.5, 0.5] + [0.0] * 8
WIDE = [0.4] + [0.001] * 8 + [0.192] + [0.0] * 7 + [0.4]


def layer(shares, mean=0.0, std=1.0) -> dict:
    return {"mean": mean, "std": std, "shares": shares}


LOST = {"mean": None, "std": None, "shares": None}
ANSWER = {
    "settings": SETTINGS,
    "steps": [0, 3],
    "reach": 4.0,
    "images": 32,
    "views": {
        "without": [[layer(NARROW, -0.6, 0.0123), layer(WIDE, 12, 23456.0)], [layer(NARROW), LOST]],
        "train": [[layer(NARROW), layer(NARROW)]] * 2,
        "eval": [[layer(WIDE), layer(WIDE)]] * 2,
    },
}


def drawn(steps=0, mode="train", width=76, charset=UNICODE, answer=ANSWER) -> list[str]:
    rows = draw_activation_histograms(SETTINGS, answer, steps, mode, width, charset)
    assert {cells(row) for row in rows} == {width}
    return plain(rows)


def test_both_nets_stand_side_by_side_layer_by_layer():
    assert drawn(charset=ASCII)[:5] == [
        "2 layers, weights 0.5 times He's, after 0 training steps; 32 held-out digits",
        "   without BN             mean      std BN, training           mean      std",
        " 1         @@            -0.60    0.012         @@                0     1.00",
        " 2 @        =       @     12.0  2.3e+04         @@                0     1.00",
        "   <-4     0       4>                   <-4     0       4>",
    ]


def test_a_bin_with_next_to_nothing_is_empty_and_the_fullest_is_full():
    assert drawn()[3][3:21] == "█        ▄       █"


def test_what_diverged_is_said_in_words():
    assert "it diverged" in drawn(steps=3)[3]


def test_evaluation_says_how_much_of_the_start_is_left():
    assert "73%" in drawn(steps=3, mode="eval")[-2]
    assert "nothing is taken out" in " ".join(drawn(mode="eval")[-2:])


def test_on_a_narrow_page_the_means_make_room_for_the_other_net():
    assert drawn(steps=3, width=57, charset=ASCII)[2:5] == [
        "   without BN             std  BN, training           std",
        " 1         @@            1.00          @@            1.00",
        " 2 no numbers: it diverged             @@            1.00",
    ]


def test_on_a_narrower_page_one_net_stands_below_the_other():
    rows = drawn(width=54)
    assert [row[3:13] for row in rows if "BN" in row][:2] == ["without BN", "BN, traini"]


def test_twelve_layers_fit_eighteen_rows():
    views = {name: [[layer(NARROW)] * 12] for name in ANSWER["views"]}
    assert len(drawn(answer={**ANSWER, "steps": [0], "views": views}, mode="eval")) <= 18


def test_without_an_answer_it_says_what_will_be_seen_or_why_not():
    assert drawn(answer=None)[-1].startswith("computing")


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_no_sign_is_outside_the_characters_of_the_terminal(charset):
    text = "\n".join(drawn(mode="eval", charset=charset))
    assert charset.unicode or text.isascii()
