from progress.criteria import Criterion, Phase4
from tutor.drawing.criteria import draw_criterion, draw_criterion_line, draw_missing, draw_phase4
from tutor.drawing.rows import plain

OPEN = Criterion("read", "Read papers", False, "0 of 3 drills", ("drill/papers: phase3-tutor drill",), ("cnn/conv2d",))
MET = Criterion("implement", "Implement an architecture", True, "36 of 36 exercises")


def test_a_criterion_stands_with_sign_word_and_reason():
    assert plain(draw_criterion(OPEN, 40)) == [
        "○ Read papers                    not yet",
        "  0 of 3 drills",
    ]
    assert plain(draw_criterion(MET, 40)) == [
        "✓ Implement an architecture          met",
        "  36 of 36 exercises",
    ]


def test_in_a_list_a_criterion_takes_one_row_and_a_long_title_is_cut_with_a_mark():
    assert plain([draw_criterion_line(MET, 40)]) == ["✓ Implement an architecture          met"]
    assert plain([draw_criterion_line(OPEN, 20)]) == ["○ Read pape… not yet"]


def test_what_is_missing_is_listed_with_what_to_do():
    assert plain(draw_missing(OPEN, 60)) == ["• drill/papers: phase3-tutor drill", "↻ check again: cnn/conv2d"]
    assert plain(draw_missing(MET, 60)) == ["Nothing is missing here."]


def test_the_next_phase_is_open_only_when_everything_is_met():
    assert "opens when all are met" in plain(draw_phase4(Phase4(False, ("read",)), [OPEN, MET], 90))[0]
    assert plain(draw_phase4(Phase4(True, ()), [MET], 90))[0].endswith("is open.")
