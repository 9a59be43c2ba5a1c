"""`check` from outside: what it prints where, how it ends, what it leaves behind. The last part has the real judge."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.verdict import Verdict
from lessons.solutions import write_solutions
from progress.evidence import EvidenceStore
from progress.record_errors import RecordNewer, RecordReadOnly
from tutor.refusals import Refusal
from tutor.workspace import init_workspace

CNN = curriculum().units[0].exercises

COMMAND = [sys.executable, "-P", "-m", "phase3_tutor"]
ENDLESS = "def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):\n    while True:\n        pass\n"
KEYS = {"schema", "workspace", "passed", "results", "criteria", "phase4"}


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def settle(judge, **statuses: str) -> None:
    """The verdicts that the judge will give: settle(judge, conv2d="failed")."""
    for name, status in statuses.items():
        judge.answers[f"cnn/{name}"] = Verdict(f"cnn/{name}", status, f"{name} is {status}.")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        (("passed", "passed"), 0), (("variant", "fragile"), 0), (("passed", "failed"), 1), (("error", "passed"), 1),
        (("timeout", "passed"), 1), (("missing", "passed"), 1), (("unverifiable", "passed"), 3),
        (("unverifiable", "failed"), 1),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("workspace")
def test_the_exit_code_tells_the_worst_and_1_beats_3(judge, run_verb, statuses, code):
    settle(judge, conv2d=statuses[0], resnet=statuses[1])
    assert run_verb("check", "cnn/conv2d", "cnn/resnet").code == code


@pytest.mark.usefixtures("workspace")
def test_2_beats_1_and_nothing_is_checked(judge, run_verb):
    settle(judge, conv2d="failed")
    ran = run_verb("check", "cnn/conv2d", "cnn/nosuch", "diffusion/noise", "--json")
    assert (ran.code, ran.out, judge.asked) == (2, "", [])


@pytest.mark.parametrize("target", ["diffusion/noise", "diffusion"])
@pytest.mark.usefixtures("workspace", "judge", "to_come")
def test_an_exercise_that_is_to_come_is_not_the_learner_s_failure(run_verb, target):
    ran = run_verb("check", target, "--json")
    answer = json.loads(ran.out)
    assert ran.code == 3
    assert {row["status"] for row in answer["results"]} == {"unverifiable"}
    assert "not built in this version" in answer["results"][0]["message"]
    assert run_verb("check", target).code == 3


@pytest.mark.usefixtures("workspace", "judge", "to_come")
def test_a_failure_beside_an_exercise_to_come_is_a_failure(run_verb):
    assert run_verb("check", "cnn/conv2d", "diffusion/noise").code == 1


@pytest.mark.usefixtures("workspace", "judge")
def test_json_is_one_object_on_stdout_and_nothing_else(solve, run_verb):
    solve()
    ran = run_verb("check", "--json")
    answer = json.loads(ran.out)

    assert set(answer) == KEYS
    assert [row["id"] for row in answer["results"]] == [
        *exercises_by_id(),
        "project/cnn",
        "project/rnn",
        "project/transformer",
    ]
    assert ran.err == ""
    assert (ran.code, answer["passed"]) == (1, False), "no run has finished"


@pytest.mark.usefixtures("workspace", "judge")
def test_passed_in_json_and_exit_code_0_go_together(solve, run_verb):
    solve()
    ran = run_verb("check", "cnn", "--json")
    assert (ran.code, json.loads(ran.out)["passed"]) == (0, True)
    assert json.loads(ran.out)["phase4"]["unlocked"] is False


@pytest.mark.usefixtures("workspace", "judge", "to_come")
def test_criteria_are_told_with_what_is_missing_and_unmet_ones_end_with_1(solve, run_verb):
    solve()
    ran = run_verb("check", "criteria")
    assert ran.code == 1
    assert "Implement any standard architecture from a research paper" in ran.out
    assert "diffusion/noise: not in this version" in ran.out.replace("\n", " ").replace("  ", " ")
    assert "Phase 4" in ran.out


@pytest.mark.usefixtures("workspace", "judge")
def test_what_comes_after_is_told_for_one_exercise_alone(solve, run_verb):
    solve()
    assert "What comes next." in run_verb("check", "cnn/conv2d").out
    assert "What comes next." not in run_verb("check", "cnn").out


def test_a_verdict_is_recorded_for_its_code_and_status_shows_it(workspace, judge, solve, run_verb):
    solve("cnn/conv2d")
    run_verb("check", "cnn/conv2d", "--seed", 42)

    recorded = EvidenceStore(workspace.record_folder).verdicts()["cnn/conv2d"]
    assert (recorded.status, recorded.seed, len(recorded.fingerprint)) == ("passed", 42, 64)
    assert judge.asked[-1][2] == 42
    row = json.loads(run_verb("status", "--json").out)["exercises"][0]
    assert (row["status"], row["stale"]) == ("passed", False)

    file = workspace.root / "cnn" / "conv.py"
    file.write_text(file.read_text() + "# only a comment\n")
    assert json.loads(run_verb("status", "--json").out)["exercises"][0]["stale"] is False

    file.write_text(file.read_text() + "conv2d = max\n")
    assert json.loads(run_verb("status", "--json").out)["exercises"][0]["stale"] is True


@pytest.mark.usefixtures("judge")
def test_without_recording_no_file_of_the_workspace_changes(workspace, solve, make_run, run_verb):
    solve()
    make_run()
    before = files_in(workspace.root)
    assert run_verb("check", "--no-record").code == 1
    assert files_in(workspace.root) == before


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.usefixtures("workspace", "judge")
def test_a_record_that_cannot_be_written_costs_a_sentence_on_stderr(solve, run_verb, monkeypatch, as_json):
    def refuse(_record):
        raise RecordReadOnly("Nothing is being recorded.", "the folder", "make it writable")

    solve()
    monkeypatch.setattr("progress.record.Record.transaction", refuse)
    ran = run_verb("check", "cnn", *(["--json"] if as_json else []))

    assert ran.code == 0
    all_hold = f"{len(CNN)} of {len(CNN)} hold"
    assert json.loads(ran.out)["passed"] if as_json else all_hold in ran.out
    assert ran.err == "Not recorded: Nothing is being recorded.\n  where: the folder\n  next:  make it writable\n"


@pytest.mark.usefixtures("workspace", "judge")
def test_a_record_that_cannot_even_be_read_costs_no_result(solve, run_verb, monkeypatch):
    def newer(_record):
        raise RecordNewer("A newer version wrote it.", "progress.json", "update")

    solve()
    monkeypatch.setattr("progress.record.Record.transaction", newer)
    monkeypatch.setattr("progress.record.Record.snapshot", newer)
    ran = run_verb("check", "cnn", "--json")

    answer = json.loads(ran.out)
    assert (ran.code, answer["passed"], answer["criteria"]) == (0, True, [])
    assert answer["phase4"]["unlocked"] is False
    assert ran.err.count("A newer version wrote it.") == 1
    assert run_verb("check", "criteria").code == 3, "nothing failed; the criteria could not be judged"
    assert run_verb("check", "cnn", "--no-record").code == 0


@pytest.mark.usefixtures("workspace")
def test_a_judge_that_cannot_start_says_nothing_about_the_learner(judge, run_verb):
    for exercise_id in exercises_by_id():
        judge.answers[exercise_id] = Refusal("The judge process ended: no torch.", "judge", "install it", 3)
    ran = run_verb("check", "cnn")
    assert ran.code == 3
    assert ran.out.count("COULD NOT BE VERIFIED") == len(CNN)


@pytest.mark.usefixtures("workspace")
def test_what_a_learner_s_code_says_is_shown_and_never_sent_to_the_terminal(judge, run_verb):
    judge.answers["cnn/conv2d"] = Verdict(
        "cnn/conv2d", "error", "ValueError: \x1b[2J\x07 [red]gone[/red]", stdout="\x1b]0;title\x07 visible\n"
    )
    ran = run_verb("check", "cnn/conv2d")
    assert not {"\x1b", "\x07"} & set(ran.out)
    assert "[red]gone[/red]" in ran.out
    assert "visible" in ran.out


# From here on the real judge, in a process as a shell starts it.


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory):
    """One `check cnn --json` over a syntax error, a right solution, a removed stub and an untouched one."""
    root = tmp_path_factory.mktemp("checked") / "Größe 1"
    init_workspace(root)
    write_solutions(root)
    (root / "cnn" / "conv.py").write_text("import torch\n\ndef conv2d(x, w:\n    return x\n")
    (root / "cnn" / "blocks.py").unlink()
    (root / "cnn" / "resnet.py").write_bytes(exercises_by_id()["cnn/resnet"].stub.read_bytes())
    ended = subprocess.run(
        [*COMMAND, "check", "cnn", "--json", "--seed", "3", "--workspace", root], capture_output=True, timeout=120
    )
    return ended, root


def result(checked, exercise_id: str) -> dict:
    return next(row for row in json.loads(checked[0].stdout)["results"] if row["id"] == exercise_id)


def test_a_syntax_error_is_a_result_with_its_line(checked):
    row = result(checked, "cnn/conv2d")
    assert row["status"] == "error"
    assert "SyntaxError" in row["message"]
    assert "cnn/conv.py" in row["message"]
    assert "line 3" in row["message"]
    assert checked[0].returncode == 1
    assert checked[0].stderr == b""


def test_a_right_solution_passes_beside_it(checked):
    row = result(checked, "cnn/batchnorm2d")
    assert (row["status"], row["mistake"], row["seed"]) == ("passed", None, 3)
    assert row["seconds"] > 0


def test_a_stub_that_was_removed_is_missing_and_the_command_that_brings_it_back_is_named(checked):
    row = result(checked, "cnn/basic_block")
    assert row["status"] == "missing"
    assert "cnn/blocks.py" in row["message"]
    assert "phase3-tutor init" in row["message"]


def test_an_untouched_stub_is_missing_not_failed(checked):
    assert result(checked, "cnn/resnet")["status"] == "missing"


def test_a_folder_with_spaces_and_umlauts_is_told_as_it_is(checked):
    ended, root = checked
    assert json.loads(ended.stdout)["workspace"] == str(root)
    assert ended.stdout.isascii()


def test_checking_leaves_nothing_in_the_learner_s_folders_but_the_record(checked):
    _, root = checked
    beside = {path.name for path in root.rglob("*") if path.is_file() and ".phase3" not in path.parts}
    assert beside == {Path(exercise.file).name for exercise in exercises_by_id().values()} - {"blocks.py"}
    assert not list(root.rglob("__pycache__"))


def test_status_agrees_with_what_was_checked(checked, run_verb):
    rows = json.loads(run_verb("status", "--json", "--workspace", checked[1]).out)["exercises"]
    states = {row["id"]: row["state"] for row in rows if row["state"] != "coming"}
    unwritten = {"cnn/conv2d": "error", "cnn/basic_block": "missing", "cnn/resnet": "missing"}
    unchecked = dict.fromkeys(exercises_by_id(), "unchecked")
    assert states == unchecked | dict.fromkeys((exercise.id for exercise in CNN), "passed") | unwritten


def test_two_checks_at_once_both_answer_and_both_are_recorded(workspace):
    both = [
        subprocess.Popen([*COMMAND, "check", "cnn/conv2d", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for each in both:
        out, err = each.communicate(timeout=120)
        assert (each.returncode, err) == (1, b"")
        assert json.loads(out)["results"][0]["status"] == "missing"
    assert EvidenceStore(workspace.record_folder).verdicts()["cnn/conv2d"].attempts == 2


def test_ctrl_c_in_a_check_ends_with_130_and_leaves_no_process(workspace):
    (workspace.root / "cnn" / "conv.py").write_text(ENDLESS)
    check = subprocess.Popen(
        [*COMMAND, "check", "cnn/conv2d", "--timeout", "60"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    family = _wait_for_the_learner_s_code(check)
    check.send_signal(signal.SIGINT)
    out, err = check.communicate(timeout=20)

    assert (check.returncode, out, err) == (130, b"", b"")
    assert _all_gone(family)
    assert EvidenceStore(workspace.record_folder).verdicts() == {}


def _wait_for_the_learner_s_code(check: "subprocess.Popen[bytes]") -> list[psutil.Process]:
    """Judge, runner, submission: until the third generation is there and busy."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        family = psutil.Process(check.pid).children(recursive=True)
        if len(family) >= 3 and family[-1].cpu_times().user > 0.2:
            return family
        time.sleep(0.1)
    check.kill()
    pytest.fail("the learner's code was never run")


def _all_gone(family: list[psutil.Process]) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in family):
            return True
        time.sleep(0.05)
    return False
