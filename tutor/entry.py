"""Which program this process is: the command line, or one of the children that it starts."""

import importlib

from tutor.child_programs import CHILDREN


def run(arguments: list[str]) -> int:
    """Run what the arguments ask for and return the exit code."""
    if arguments[:1] == ["--child"]:
        return importlib.import_module(CHILDREN[arguments[1]]).main(arguments[2:])
    from tutor.cli import main

    return main(arguments)
