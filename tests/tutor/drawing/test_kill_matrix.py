"""The kill matrix as text and as a page."""

from typing import Any

from tutor.drawing.kill_matrix import draw_report, matrix_page

KILLED = {"id": "flipped-kernel", "killed": True, "named_as": "flipped-kernel", "killed_by": [0, 2]}
SURVIVES = {"id": "no-bias", "killed": False, "named_as": None, "killed_by": []}
MISNAMED = {"id": "wrong-pad", "killed": True, "named_as": "no-bias", "killed_by": [1]}
TOTALS = {"mistakes": 3, "killed": 2, "named": 1, "variants": 1, "rejected": 0}


def report(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "id": "cnn/conv2d", "stub": "missing", "reference": "passed", "oracle": "passed", "seconds": 1.2,
        "cases": ["one pixel", "a stride of 2", "a|b"], "mistakes": [KILLED, SURVIVES, MISNAMED], "spare": [0],
        "alone": [[], ["mistakes/wrong_pad.py", "mistakes/flipped_kernel.py / mistakes/wrong_pad.py"], []],
        "variants": [{"id": "loops", "status": "passed", "wanted": "passed"}], "problems": [], "notes": ["case 0"],
    }  # fmt: skip
    return whole | changes


def test_the_matrix_has_a_row_a_mistake_and_a_mark_where_a_case_tells_it():
    lines = draw_report(report())
    assert lines[0] == "cnn/conv2d  stub missing, reference passed, torch's own passed, 1.2 s"
    assert lines[1].split() == ["012"]
    assert lines[2] == "  flipped-kernel  x.x"
    assert lines[3].split() == ["no-bias", "...", "SURVIVES", "NAMED", "None"]
    assert lines[4].split() == ["wrong-pad", ".x.", "NAMED", "no-bias"]
    assert lines[-3:] == ["  variants: loops (passed)", "  case 0", ""]


def test_an_exercise_that_was_not_run_has_a_head_and_its_notes_only():
    bare = report(oracle=None, stub="not run", cases=[], mistakes=[], variants=[], notes=["Nothing was run yet."])
    assert draw_report(bare) == [
        "cnn/conv2d  stub not run, reference passed, 1.2 s",
        "  Nothing was run yet.",
        "",
    ]


def test_the_page_says_of_each_mistake_what_kills_it_first_and_whether_it_is_named():
    page = matrix_page([report()], TOTALS).splitlines()
    assert "3 mistakes: 2 killed, 1 named. 1 variants: 1 accepted." in page
    assert "| cnn/conv2d | 3 | 3 | 2 | 1 | 1 | 1 |" in page
    assert "| `flipped-kernel` | one pixel | 2 of 3 | yes |" in page
    assert "| `no-bias` | none: it survives | 0 of 3 | no: without a name |" in page
    assert "| `wrong-pad` | a stride of 2 | 1 of 3 | no: no-bias |" in page


def test_the_page_says_of_each_probe_what_only_it_settles():
    page = matrix_page([report()], TOTALS).splitlines()
    assert "| one pixel | 1 | could go |" in page
    assert "| a stride of 2 | 1 | `wrong-pad`, `flipped-kernel / wrong-pad` |" in page
    assert r"| a\|b | 1 | what is fragile |" in page


def test_the_page_holds_nothing_that_another_run_would_change():
    assert matrix_page([report(seconds=99.5)], TOTALS) == matrix_page([report()], TOTALS)
    assert matrix_page([report()], TOTALS).endswith("|\n")
