"""Which program this process is: the command line, or one of the children that it starts."""

import importlib
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


def run(arguments: list[str]) -> int:
    """Run what the arguments ask for and return the exit code."""
    if arguments[:1] == ["--child"]:
        return importlib.import_module(CHILDREN[arguments[1]]).main(arguments[2:])
    from tutor.cli import main

    return main(arguments)
