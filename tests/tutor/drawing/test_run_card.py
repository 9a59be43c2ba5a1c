import pytest

from models.runs import Part, RunConfig, RunStatus
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.rows import cells, plain
from tutor.drawing.run_card import Numbers, draw_bar, draw_run_card, draw_run_line

YOURS = tuple(Part(f"cnn/{name}", "learner", "f.py", name, "hash") for name in ("conv2d", "batchnorm2d"))
WHOLE = (*YOURS, *(Part(f"cnn/{name}", "learner", "f.py", name, "hash") for name in ("basic_block", "resnet")))
LENT = Part("cnn/resnet", "reference", "f.py", "ResNet", "", "not passed yet")
NUMBERS = Numbers(0.2134, 0.31, (360, 0.3), 0.91, 0.93, 0.05)
RUNNING = RunStatus("running", 412, 1200, heartbeat=100.0, examples_per_s=412.3, seconds_left=38.4, held_out=0.93)


def config(*parts: Part, **changes: object) -> RunConfig:
    values = {
        "id": "cnn-quick-003", "project": "cnn", "preset": "quick", "seed": 1, "device": "cpu", "threads": 2,
        "twin": False, "total_steps": 1200, "settings": {"bar": 0.97}, "dataset": {"name": "digits"},
        "parts": parts, "workspace_id": "w", "created_at": "2026-01-01T00:00:00+00:00", "versions": {},
    }  # fmt: skip
    return RunConfig(**(values | changes))  # type: ignore[arg-type]


def test_a_card_tells_state_progress_numbers_and_whose_code_it_is():
    rows = plain(draw_run_card(config(*YOURS, LENT), RUNNING, NUMBERS, 78, 102.0))
    assert rows == [
        "cnn-quick-003   digits, seed 1, cpu                    running   step 412/1200",
        "━━━━━━━━────────────────  34 %   412 images/s   0:38 left   heartbeat 2 s ago",
        "loss     train 0.213    held out 0.310    best 0.300 at 360",
        "accuracy train 91.0 %   held out 93.0 %   to reach 97 %",
        "! No evidence, a reference stands in for resnet (not passed yet).",
        "Your code: conv2d and batchnorm2d.",
    ]


def test_a_run_of_the_learners_own_parts_names_the_twins_it_uses():
    rows = plain(draw_run_card(config(*WHOLE, twin=True), RUNNING, NUMBERS, 78, 102.0))
    assert rows[-1] == "Your code, by verified twins: conv2d, batchnorm2d, basic_block and resnet."
    rows = plain(draw_run_card(config(*YOURS, twin=True), RUNNING, NUMBERS, 110, 102.0))
    assert rows[-1].endswith("conv2d and batchnorm2d. Another net than the project's: no evidence for it.")


def test_parts_that_are_lent_for_the_same_reason_are_told_together():
    lent = [Part(f"cnn/{n}", "reference", "f", n, "", "not passed yet") for n in ("a", "b", "c")]
    rows = plain(draw_run_card(config(*lent), RUNNING, Numbers(), 78, 102.0))
    assert rows[-1] == "! No evidence, a reference stands in for a, b and c (not passed yet)."


def test_a_run_that_has_not_begun_shows_dashes_and_no_false_zero():
    rows = plain(draw_run_card(config(*YOURS), RunStatus("created"), Numbers(), 78, 0.0, ASCII))
    assert rows[1] == "[----------------------]   0 %"
    assert rows[2] == "loss     train -        held out -"


@pytest.mark.parametrize("width", [40, 60, 78, 120])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_a_card_keeps_its_width(width, charset):
    rows = draw_run_card(config(*YOURS, LENT), RUNNING, NUMBERS, width, 102.0, charset)
    assert {cells(row) for row in rows} == {width}


def test_where_it_is_narrow_whole_items_go_before_half_of_one_is_shown():
    assert plain(draw_run_card(config(*YOURS), RUNNING, NUMBERS, 60, 102.0))[1].endswith("0:38 left")


def test_the_trainers_last_words_are_shown_without_their_escapes():
    status = RunStatus("failed", 3, 10, message="RuntimeError:\x1b[2J [/] in blocks.py")
    rows = plain(draw_run_card(config(*YOURS), status, Numbers(), 78, 0.0))
    assert rows[-1] == "RuntimeError: [/] in blocks.py"


def test_a_bar_is_full_only_at_the_end():
    assert ["".join(text for text, _ in draw_bar(f, 10, ASCII)) for f in (-1, 0.0, 0.5, 1.0, 7)] == [
        "[--------]", "[--------]", "[####----]", "[########]", "[########]",
    ]  # fmt: skip


def test_a_run_takes_one_line_of_a_list():
    row = draw_run_line(config(*YOURS, LENT), RUNNING, 78)
    assert plain([row]) == ["cnn-quick-003      running   ━━━───────  34 %   93.0 %  no evidence"]
    assert plain([draw_run_line(config(*WHOLE), RUNNING, 78)])[0].endswith("  evidence")


def test_runs_of_a_list_stand_in_columns_and_the_bar_gives_way_before_a_word_is_cut():
    row = plain([draw_run_line(config(*WHOLE), RUNNING, 62, names=21)])[0]
    assert row == "cnn-quick-003         running   ━━───  34 %   93.0 %  evidence"
    row = plain([draw_run_line(config(*WHOLE), RUNNING, 58, names=21)])[0]
    assert row == "cnn-quick-003         running     34 %   93.0 %  evidence"
    row = plain([draw_run_line(config(*WHOLE), RUNNING, 54, names=21)])[0]
    assert row == "cnn-quick-003         running      93.0 %  evidence"


def test_an_ablation_is_named_and_told_from_the_projects_net():
    rows = plain(draw_run_card(config(*YOURS, ablations=("no-skip", "kernel-5")), RUNNING, NUMBERS, 78, 102.0))
    assert rows[4] == "Ablation no-skip and kernel-5: another net than the project's, to be compared"
    assert plain([draw_run_line(config(*YOURS, ablations=("no-bn",)), RUNNING, 78)])[0].endswith("  ablation")


def test_numbers_of_the_validation_images_have_their_name():
    numbers = Numbers(0.2, 0.31, None, 0.91, 0.93, judged="validation")
    rows = plain(draw_run_card(config(*YOURS), RUNNING, numbers, 78, 102.0))
    assert rows[3] == "accuracy train 91.0 %   validation 93.0 %   to reach 97 %"


def test_what_makes_a_run_quicker_is_told_and_a_plain_run_says_nothing_of_it():
    settings = {
        "bar": 0.97, "precision": "bfloat16", "channels_last": True, "compile": False, "first_size": 20,
        "average": 0.998,
    }  # fmt: skip
    status = RunStatus("finished", 10, 10, final={"processes": 2})
    rows = plain(draw_run_card(config(*YOURS, settings=settings), status, Numbers(), 120, 0.0))
    assert rows[4] == (
        "Trained in bfloat16, channels last, images from 20x20 up, ends with a mean of its weights (0.998 a step), "
        "2 processes."
    )
    quiet = settings | {"precision": "float32", "channels_last": False, "first_size": 0, "average": 0.0}
    rows = plain(draw_run_card(config(*YOURS, settings=quiet), RunStatus("created"), Numbers(), 120, 0.0))
    assert not any("Trained" in row for row in rows)


def test_bleu_stands_apart_from_what_it_has_to_reach():
    settings = {"bar": 0.3, "dataset": "multi30k"}
    numbers = Numbers(3.86, 2.93, None, held_out_bleu=0.171)
    rows = plain(draw_run_card(config(*YOURS, settings=settings), RUNNING, numbers, 78, 102.0))
    assert rows[3] == "BLEU     train -        held out 17.1 BLEU to reach 30.0 BLEU"


def test_a_bleu_stands_with_its_signature_and_its_beam():
    signature = "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0"
    status = RunStatus("finished", 10, 10, final={"held_out_signature": signature, "held_out_beam": 4})
    translation = config(*YOURS, project="transformer", settings={"bar": 0.3, "dataset": "multi30k"})
    rows = plain(draw_run_card(translation, status, Numbers(2.1, 2.2, held_out_bleu=0.332), 78, 0.0))
    assert "BLEU     train -        held out 33.2 BLEU to reach 30.0 BLEU" in rows
    assert f"sacreBLEU {signature}, beam 4" in rows
    assert "sacreBLEU" not in "".join(plain(draw_run_card(config(*YOURS), RUNNING, NUMBERS, 78, 102.0)))
