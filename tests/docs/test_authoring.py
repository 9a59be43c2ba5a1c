"""docs/authoring.md is followed word by word in a copy of the repository: files, commands, and what they print."""

import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "authoring.md"
EXERCISE = "cnn/global_average_pool"
COMMANDS = {"phase3-tutor": "-P -m phase3_tutor", "pytest": "-m pytest"}
BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`(?P<row>, the row)?:\n\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.M | re.S
)


@dataclass(frozen=True)
class Block:
    """One block of the page; `file` is named in the line above it."""

    kind: str
    body: str
    file: str
    is_row: bool


def blocks() -> Iterator[Block]:
    for found in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        yield Block(found["kind"], found["body"], found["file"] or "", bool(found["row"]))


class Author:
    """Works in a copy of the repository, with the page's commands on the path."""

    def __init__(self, folder: Path) -> None:
        self.clone, programs = folder / "clone", folder / "programs"
        ignore = shutil.ignore_patterns("__pycache__", ".*", "docs", "benchmarks", "*.egg-info", "dist", "build")
        shutil.copytree(ROOT, self.clone, ignore=ignore)
        programs.mkdir()
        for name, arguments in COMMANDS.items():
            (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
            (programs / name).chmod(0o755)
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        self.environment = os.environ | {"PATH": path, "PYTHONPATH": str(self.clone), "NO_COLOR": "1", "COLUMNS": "200"}
        self.said, self.code = "", 0

    def follow(self, block: Block) -> None:
        if block.is_row:
            self.write_row(block)
        elif block.file:
            place = self.clone / block.file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.body, encoding="utf-8")
        elif block.kind == "sh":
            self.run(block.body)
        elif block.kind == "text":
            assert missing_lines(block.body, self.said) == [], self.said

    def run(self, commands: str) -> None:
        ran = subprocess.run(["bash", "-c", commands], cwd=self.clone, env=self.environment, capture_output=True,
                             text=True, timeout=300)  # fmt: skip
        self.said, self.code = ran.stdout + ran.stderr, ran.returncode

    def write_row(self, block: Block) -> None:
        """In the place of the row that the scaffold made."""
        place = self.clone / block.file
        text = place.read_text(encoding="utf-8")
        start = text.index(f'[[exercise]]\nid = "{EXERCISE}"')
        end = text.index("\n[[", start) + 1
        place.write_text(f"{text[:start]}{block.body}\n{text[end:]}", encoding="utf-8")


def missing_lines(told: str, said: str) -> list[str]:
    """Lines of the page that were not printed in this order; a line may go on, `...` stands for any others."""
    printed = iter(said.splitlines())
    return [line for line in told.splitlines() if line != "..." and not any(line in other for other in printed)]


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    """One who has followed the whole page; each output is compared on the way."""
    author = Author(tmp_path_factory.mktemp("author"))
    for block in blocks():
        author.follow(block)
    return author


def test_the_page_is_followed_to_its_end(author: Author):
    assert "cnn/global_average_pool" in author.said
    assert author.code == 1, "the last thing that was checked is a learner's mistake"


def test_what_came_of_it_is_green(author: Author):
    author.run(f"phase3-tutor check --self {EXERCISE} --json")
    assert (author.code, '"passed": true' in author.said) == (0, True), author.said


def test_the_files_of_the_page_are_in_the_house_s_style(author: Author):
    ruff = shutil.which("ruff", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert ruff, "the dev extra brings it"
    places = f"lessons/{EXERCISE} models/global_average_pool.py tests/models/test_global_average_pool.py"
    author.run(f'"{ruff}" check --no-cache {places} && "{ruff}" format --no-cache --check {places}')
    assert author.code == 0, author.said


def test_every_known_output_of_a_command_is_compared():
    kinds = [block.kind for block in blocks() if not block.file]
    assert kinds.count("text") >= 5
    assert set(kinds) == {"sh", "text", ""}
    assert all(before == "sh" for before, kind in itertools.pairwise(kinds) if kind == "text")


def test_a_line_that_was_not_printed_or_not_in_this_order_is_found():
    assert missing_lines("one\n...\nthree\n", "one and more\ntwo\nthree\n") == []
    assert missing_lines("three\none\n", "one\ntwo\nthree\n") == ["one"]
    assert missing_lines("four\n", "one\n") == ["four"]
