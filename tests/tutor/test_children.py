"""A child that answers questions: asked again when it dies, never mixed up, and gone when it is closed."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from tutor import children
from tutor.child_programs import CHILDREN, child_command
from tutor.children import AnsweringChild
from tutor.refusals import NOT_VERIFIABLE, Refusal

ECHO = """
import json, os, sys
for line in sys.stdin:
    print(json.dumps({"pid": os.getpid(), **json.loads(line)}), flush=True)
"""
# Dies at its first question and leaves a mark; the next of its kind lives.
DIES_ONCE = """
import json, os, sys
for line in sys.stdin:
    if not os.path.exists("MARK"):
        open("MARK", "w").close()
        sys.exit(9)
    print(line, end="", flush=True)
"""
ALWAYS_DIES = """
import sys
sys.stdin.readline()
print("Traceback (most recent call last):\\n  many lines\\nImportError: no torch here", file=sys.stderr)
sys.exit(1)
"""
SLOW = """
import json, sys, time
for line in sys.stdin:
    question = json.loads(line)
    time.sleep(question["sleep"])
    print(json.dumps(question), flush=True)
"""
TALKS_TO_STDERR = """
import sys
for line in sys.stdin:
    sys.stderr.write("x" * 1_000_000)
    print(line, end="", flush=True)
"""
# A family: one in the child's group that does not listen to SIGTERM, one in a session of its own.
FAMILY = """
import json, subprocess, sys
deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
family = [
    subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE, start_new_session=alone)
    for alone in (False, True)
]
for member in family:
    member.stdout.readline()
for line in sys.stdin:
    print(json.dumps({"family": [member.pid for member in family]}), flush=True)
"""


@pytest.fixture
def child(monkeypatch, tmp_path):
    """`child(SCRIPT)` is an AnsweringChild that runs the script."""

    def make(script: str) -> AnsweringChild:
        script = script.replace("MARK", str(tmp_path / "mark"))
        monkeypatch.setattr(children, "child_command", lambda _name: [sys.executable, "-c", script])
        return AnsweringChild("judge")

    return make


def is_gone(pid: int) -> bool:
    """Whether it ended; what nobody has waited for yet is a zombie, and runs no more."""
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


async def test_it_starts_at_the_first_question_and_answers_them_all_itself(child):
    echo = child(ECHO)
    assert echo._process is None

    first = await echo.ask({"question": 1})
    second = await echo.ask({"question": "zweite Frage: ü"})
    await echo.close()

    assert (first["question"], second["question"]) == (1, "zweite Frage: ü")
    assert first["pid"] == second["pid"]


async def test_a_child_that_dies_is_asked_once_more(child):
    mortal = child(DIES_ONCE)
    assert await mortal.ask({"question": 1}) == {"question": 1}
    await mortal.close()


async def test_a_child_that_dies_again_is_a_refusal_with_its_last_words(child):
    mortal = child(ALWAYS_DIES)

    with pytest.raises(Refusal) as refusal:
        await mortal.ask({})

    assert refusal.value.thing == "The judge process ended: ImportError: no torch here."
    assert refusal.value.exit_code == NOT_VERIFIABLE
    assert sys.executable in refusal.value.next_step
    await mortal.close()


async def test_a_child_that_dies_without_a_word_is_told_by_its_exit_code(child):
    with pytest.raises(Refusal, match="exit code 5"):
        await child("import sys; sys.stdin.readline(); sys.exit(5)").ask({})


async def test_a_child_that_was_killed_while_idle_is_replaced_without_a_word(child):
    echo = child(ECHO)
    before = await echo.ask({})
    os.kill(before["pid"], signal.SIGKILL)
    after = await echo.ask({})
    await echo.close()

    assert after["pid"] != before["pid"]


async def test_a_cancelled_question_does_not_answer_the_next_one(child):
    slow = child(SLOW)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(slow.ask({"sleep": 30, "question": "old"}), 0.3)

    answer = await slow.ask({"sleep": 0, "question": "new"})
    await slow.close()

    assert answer["question"] == "new"


async def test_questions_that_come_at_the_same_time_each_get_their_own_answer(child):
    echo = child(ECHO)
    answers = await asyncio.gather(*(echo.ask({"question": number}) for number in range(20)))
    await echo.close()

    assert [answer["question"] for answer in answers] == list(range(20))
    assert len({answer["pid"] for answer in answers}) == 1


async def test_starting_early_and_asking_at_once_is_one_child(child, tmp_path):
    counting = child(f"open({str(tmp_path / 'starts')!r}, 'a').write('x')\n" + ECHO)
    await asyncio.gather(counting.start(), counting.ask({}), counting.start())
    await counting.close()

    assert (tmp_path / "starts").read_text() == "x"


async def test_what_a_child_writes_to_stderr_never_stops_it(child):
    talkative = child(TALKS_TO_STDERR)
    for number in range(5):
        assert await asyncio.wait_for(talkative.ask({"question": number}), 10) == {"question": number}
    await talkative.close()


async def test_closing_ends_the_whole_family_even_those_that_do_not_listen(child):
    family = child(FAMILY)
    pids = (await family.ask({}))["family"]
    assert all(psutil.pid_exists(pid) for pid in pids)

    await family.close()

    assert all(is_gone(pid) for pid in pids)


async def test_closing_while_a_question_is_open_starts_no_new_child(child, tmp_path):
    slow = child(f"open({str(tmp_path / 'starts')!r}, 'a').write('x')\n" + SLOW)
    asking = asyncio.create_task(slow.ask({"sleep": 30}))
    while not (tmp_path / "starts").exists():
        await asyncio.sleep(0.01)
    await slow.close()

    with pytest.raises(Refusal):
        await asking
    assert (tmp_path / "starts").read_text() == "x"


async def test_closing_twice_or_before_any_question_is_no_error(child):
    echo = child(ECHO)
    await echo.close()
    await echo.close()


async def test_a_child_runs_in_a_session_of_its_own(child):
    echo = child(ECHO)
    pid = (await echo.ask({}))["pid"]
    assert os.getsid(pid) == pid != os.getsid(0)
    await echo.close()


def test_a_child_is_this_package_s_own_whatever_the_learner_s_folder_holds():
    command = child_command("judge", "one")
    assert command[:4] == [sys.executable, "-P", "-m", "phase3_tutor"]
    assert command[4:] == ["--child", "judge", "one"]


def test_every_child_has_a_module_that_is_there():
    root = Path(children.__file__).parents[1]
    for module in CHILDREN.values():
        assert (root / f"{module.replace('.', '/')}.py").is_file()
