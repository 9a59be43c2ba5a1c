"""The programs that run as child processes, and the command that starts one."""

import sys

CHILDREN = {
    "judge": "lessons.checking.judge",
    "runner": "lessons.checking.runner",
    "trainer": "models.trainer",
    "lab": "models.lab",
}


def child_command(name: str, *arguments: str) -> list[str]:
    """The command that starts a child; -P keeps a learner's own `models/` folder from shadowing ours."""
    assert name in CHILDREN, name
    return [sys.executable, "-P", "-m", "phase3_tutor", "--child", name, *arguments]
