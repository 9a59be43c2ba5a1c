"""A learner at the command line: a workspace of their own, verbs in this process, and a judge that costs nothing."""

import ast
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, ClassVar, NamedTuple

import pytest

from lessons import catalog
from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.verdict import Verdict
from lessons.fingerprint import is_untouched
from lessons.solutions import solution_source
from models.presets import settings_for
from models.runs import Part, RunConfig, RunDirectory, RunStatus
from tutor.workspace import Workspace, init_workspace


class Ran(NamedTuple):
    """How a verb ended, and what it said where."""

    code: int
    out: str
    err: str


RunVerb = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _learners_own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the machine that runs the tests: its workspace, its data sets, its colours."""
    monkeypatch.setenv("PHASE3_WORKSPACE", str(tmp_path / "phase3"))
    monkeypatch.setenv("PHASE3_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    for name in ("LC_ALL", "LC_CTYPE", "NO_COLOR", "FORCE_COLOR", "TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def an_exercise_to_come(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """One that the course names and this version does not have, whatever is built by now."""
    kept = catalog.curriculum, catalog.exercises_by_id, catalog.lessons_by_id

    def load(file: BinaryIO) -> dict[str, Any]:
        table = tomllib.load(file)
        table["unit"][-1]["exercises"].append("to_come")
        return table

    monkeypatch.setattr(catalog, "tomllib", SimpleNamespace(load=load))
    for each in kept:
        each.cache_clear()
    yield f"{catalog.curriculum().units[-1].id}/to_come"
    for each in kept:
        each.cache_clear()


@pytest.fixture
def run_verb(capfd: pytest.CaptureFixture[str]) -> RunVerb:
    """`run_verb("check", "cnn/conv2d")` does what `phase3-tutor check cnn/conv2d` does."""

    def run(*arguments: object) -> Ran:
        from tutor.cli import main

        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace as `init` makes it, where PHASE3_WORKSPACE says."""
    return init_workspace(tmp_path / "phase3").workspace


@pytest.fixture
def solve(workspace: Workspace) -> Callable[..., None]:
    """Write the shipped solution of these exercises (of all, if none is named) into the workspace."""

    def solve(*exercise_ids: str) -> None:
        for exercise_id in exercise_ids or tuple(exercises_by_id()):
            exercise = exercises_by_id()[exercise_id]
            workspace.file_of(exercise).write_text(solution_source(exercise), encoding="utf-8")

    return solve


class JudgeByLooks:
    """Stands in for the judge process: stubs are missing, what does not parse is an error, all else passes.

    `answers` settles an exercise's verdict by hand; `asked` lists what was checked, in which folder.
    """

    answers: ClassVar[dict[str, Verdict | Exception]]
    asked: ClassVar[list[tuple[str, Path, int | None, float]]]
    closed: ClassVar[int]
    scripts: ClassVar[dict[str, str]] = {}

    is_warm = True

    def __init__(self, with_scripts: bool = False) -> None:
        self.with_scripts = with_scripts

    async def start(self) -> None:
        return

    async def check(
        self,
        exercise_id: str,
        root: Path,
        seed: int | None = None,
        timeout_s: float = 10.0,
        file: Path | None = None,
    ) -> Verdict:
        type(self).asked.append((exercise_id, root, seed, timeout_s))
        answer = type(self).answers.get(exercise_id)
        if isinstance(answer, Exception):
            raise answer
        return answer or self._by_looks(exercise_id, file or root / exercises_by_id()[exercise_id].file, seed or 7)

    async def close(self) -> None:
        type(self).closed += 1

    def _by_looks(self, exercise_id: str, file: Path, seed: int) -> Verdict:
        exercise = exercises_by_id()[exercise_id]
        if not file.is_file() or is_untouched(file, exercise.stub, *exercise.symbols):
            return Verdict(exercise_id, "missing", "still the stub: your turn.", seed=seed)
        try:
            ast.parse(file.read_bytes())
        except SyntaxError as error:
            return Verdict(exercise_id, "error", f"SyntaxError, line {error.lineno}", seed=seed)
        return Verdict(exercise_id, "passed", "agrees on every case.", seed=seed, after="What comes next.")


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> type[JudgeByLooks]:
    """Every judge that is started from here on judges by looks."""

    class Judge(JudgeByLooks):
        answers: ClassVar[dict[str, Verdict | Exception]] = {}
        asked: ClassVar[list[tuple[str, Path, int | None, float]]] = []
        closed: ClassVar[int] = 0

    monkeypatch.setattr("tutor.checking.JudgeClient", Judge)
    monkeypatch.setattr("tutor.judge_client.JudgeClient", Judge)
    monkeypatch.setattr("tutor.file_checking.JudgeClient", Judge)
    monkeypatch.setattr("tutor.reverification.JudgeClient", Judge)
    monkeypatch.setattr("tutor.save_checking.JudgeClient", Judge)
    return Judge


@pytest.fixture
def make_run(workspace: Workspace) -> Callable[..., RunDirectory]:
    """A run, of project cnn unless said, as its trainer left it; keywords change its status and its config."""

    def make(run_id: str = "cnn-quick-001", source: str = "learner", **changes: Any) -> RunDirectory:
        comparable, project = changes.pop("comparable", False), changes.pop("project", "cnn")
        seed, settings = changes.pop("seed", 0), changes.pop("settings", {})
        in_config = {key: changes.pop(key) for key in ("preset", "workspace_id", "created_at") if key in changes}
        values: dict[str, Any] = {"preset": "quick", "workspace_id": "", "created_at": "2026-01-01T00:00:00+00:00"}
        values |= in_config
        parts = tuple(
            Part(exercise.id, source, exercise.file, exercise.symbol, "f" * 8 if source == "learner" else "")
            for exercise in curriculum().exercises
        )
        config = RunConfig(
            id=run_id, project=project, seed=seed, device="cpu", threads=1, twin=True, total_steps=180,
            settings=settings_for(project, values["preset"], {}) | settings,
            dataset={"name": "-", "comparable": comparable},
            parts=parts, versions={}, **values,
        )  # fmt: skip
        run = RunDirectory.create(workspace.runs, config)
        status: dict[str, Any] = {"state": "finished", "step": 180, "total_steps": 180, "held_out": 0.98}
        run.write_status(RunStatus(**(status | changes)))
        return run

    return make
