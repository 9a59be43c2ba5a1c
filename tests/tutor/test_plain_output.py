"""What reaches a pipe, a dumb terminal or an ASCII locale: text alone, and only the signs that the reader can show."""

import os
import pty
import subprocess
import sys

import pytest

from lessons.checking.verdict import Verdict
from models.runs import RunDirectory

COMMAND = [sys.executable, "-P", "-m", "phase3_tutor"]
NONASCII = "größe × ∑ 日本"


@pytest.fixture
def trained(make_run) -> RunDirectory:
    """A finished run with a curve, and one that cannot be read."""
    run = make_run("cnn-quick-001")
    lines = []
    for step in range(1, 181):
        loss = 2.3 / step
        lines.append(f'{{"step": {step}, "kind": "train", "loss": {loss}, "accuracy": 0.5, "lr": 0.1}}\n')
    run.metrics.write_text("".join(lines))
    (make_run("cnn-quick-002", created_at="2026-03-03T00:00:00+00:00").path / "status.json").write_text("{")
    return run


VERBS = [
    ["status"], ["status", "--json"], ["check", "cnn"], ["check", "criteria"], ["check", "--json"], ["lesson"],
    ["lesson", "cnn/convolution"], ["hint", "cnn/resnet"], ["solution", "cnn/conv2d", "--give-up"],
    ["reset", "cnn/conv2d"], ["runs"], ["runs", "list"], ["runs", "list", "--json"],
    ["runs", "show", "cnn-quick-001"], ["runs", "follow", "cnn-quick-001"], ["data"], ["data", "list", "--json"],
    ["data", "verify", "digits"], ["init"], ["--help"], ["train", "--help"], ["predict", "--help"],
    ["nosuch"], ["check", "nosuch"], [],
]  # fmt: skip
TAKES_ASCII = [verb for verb in VERBS if verb[:1] in (["status"], ["check"], ["lesson"]) or verb[:1] == ["runs"]]


@pytest.fixture
def odd_verdicts(judge):
    """A learner's exception and output in letters of their own."""
    judge.answers["cnn/conv2d"] = Verdict("cnn/conv2d", "error", f"ValueError: {NONASCII}", stdout=NONASCII)


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.usefixtures("workspace", "trained", "odd_verdicts")
def test_a_pipe_gets_no_escape_byte(run_verb, verb):
    ran = run_verb(*verb)
    assert "\x1b" not in ran.out + ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "en_US.ISO-8859-1"}])
@pytest.mark.usefixtures("workspace", "trained", "odd_verdicts")
def test_a_locale_without_unicode_gets_ascii_alone(run_verb, monkeypatch, locale, verb):
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    ran = run_verb(*verb)
    assert (ran.out + ran.err).isascii()


@pytest.mark.parametrize("verb", [verb for verb in TAKES_ASCII if verb[1:2] != ["list"] or "--json" not in verb],
                         ids=" ".join)  # fmt: skip
@pytest.mark.usefixtures("workspace", "trained", "odd_verdicts")
def test_the_flag_gives_ascii_alone_whatever_the_locale(run_verb, verb):
    if verb == ["runs"]:
        verb = ["runs", "list"]
    ran = run_verb(*verb, "--ascii")
    assert (ran.out + ran.err).isascii()
    assert ran.code in (0, 1, 2)
    assert "Usage:" not in ran.err


@pytest.mark.usefixtures("workspace", "odd_verdicts")
def test_a_utf_8_pipe_keeps_a_learner_s_own_letters(run_verb):
    assert NONASCII in run_verb("check", "cnn/conv2d").out


def environment(**changes: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("LC_")} | changes


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("verb", [["status"], ["lesson", "cnn/convolution"]])
@pytest.mark.usefixtures("workspace")
def test_an_encoding_that_lacks_a_sign_is_no_error(encoding, verb):
    ended = subprocess.run(
        [*COMMAND, *verb], capture_output=True, env=environment(PYTHONIOENCODING=encoding), timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.isascii()


def in_a_terminal(verb: list[str], **variables: str) -> bytes:
    """What a terminal of 80x24 would be sent."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *verb], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**variables)
    )
    os.close(theirs)
    sent = b""
    try:
        while piece := os.read(ours, 1 << 16):
            sent += piece
    except OSError:  # Linux says EIO where the other end is closed
        assert process.wait(30) in (0, 1, 2)
    os.close(ours)
    return sent


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1", "TERM": "xterm-256color"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("verb", [["status"], ["runs", "follow", "last"], ["data", "verify", "digits"]], ids=" ".join)
def test_a_terminal_without_colour_gets_no_escape_byte(workspace, trained, verb, variables):
    trained.path.parent.joinpath("cnn-quick-002").rename(workspace.root / "notes" / "damaged")
    assert b"\x1b" not in in_a_terminal(verb, **variables)


@pytest.mark.usefixtures("workspace")
def test_a_terminal_with_colour_gets_it():
    assert b"\x1b[" in in_a_terminal(["status"], TERM="xterm-256color")


@pytest.mark.usefixtures("workspace")
def test_a_dumb_terminal_is_not_taken_over_by_the_app():
    sent = in_a_terminal([], TERM="dumb")
    assert sent.startswith(b"phase3-tutor needs a terminal")
    assert b"\x1b" not in sent
