from dataclasses import replace

import pytest

from progress.criteria import (
    Bar,
    CourseNeeds,
    Criterion,
    Need,
    Phase4,
    ProjectNeed,
    Seen,
    judge_criteria,
    phase4,
)
from progress.evidence import ExerciseEvidence, GivenUp, RunEvidence

EXERCISES = ("cnn/conv2d", "cnn/batchnorm2d", "rnn/lstm_cell", "transformer/attention")
CAPSTONES = ("capstone/resnext", "capstone/rmsnorm", "capstone/rotary")
ADAPTATIONS = ("adapt/resnet_1d", "adapt/transformer_sets")
QUESTIONS = ("cnn/why_3x3", "rnn/what_gates_learn", "transformer/why_softmax")
PREDICTIONS = ("predict/skip", "predict/normalisation", "predict/heads", "predict/gates")
DRILLS = ("drill/he_2015", "drill/vaswani_2017")
PARTS = {
    "cnn": ("cnn/conv2d", "cnn/batchnorm2d"),
    "rnn": ("rnn/lstm_cell",),
    "transformer": ("transformer/attention",),
}
BARS = {
    "cnn": Bar("held_out_accuracy", 0.97),
    "rnn": Bar("held_out_nats", 1.69, higher_is_better=False),
    "transformer": Bar("exact_match", 0.99),
}
METRICS = {"cnn": 0.975, "rnn": 1.6, "transformer": 0.99}
CODE = (*EXERCISES, *CAPSTONES, *ADAPTATIONS)


def needs_of(ids: tuple[str, ...], verb: str) -> tuple[Need, ...]:
    return tuple(Need(id, f"phase3-tutor {verb} {id}") for id in ids)


def project(name: str) -> ProjectNeed:
    picture = Need(f"{name}/picture", f"phase3-tutor show {name}")
    return ProjectNeed(name, f"phase3-tutor train {name}", {"quick": BARS[name]}, PARTS[name], (picture,))


NEEDS = CourseNeeds(
    exercises=needs_of(EXERCISES, "check"),
    paper_capstones=needs_of(CAPSTONES, "capstone"),
    questions=needs_of(QUESTIONS, "quiz"),
    predictions=needs_of(PREDICTIONS, "predict"),
    adaptations=needs_of(ADAPTATIONS, "capstone"),
    drills=needs_of(DRILLS, "drill"),
    projects=tuple(project(name) for name in PARTS),
    report=Need("report", "phase3-tutor report"),
)


def passed(exercise_id: str) -> ExerciseEvidence:
    return ExerciseEvidence(exercise_id, "passed", "2026-03-01T10:00:00+00:00", f"code of {exercise_id}", "1")


def finished(name: str) -> RunEvidence:
    fingerprints = dict.fromkeys(PARTS[name], "code at the start")
    bar = BARS[name]
    return RunEvidence(f"{name}-quick-001", name, "quick", True, bar.metric_name, METRICS[name], fingerprints, "a1b2")


FULL = Seen(
    verdicts={id: passed(id) for id in CODE},
    fingerprints={id: f"code of {id}" for id in CODE},
    content_versions=dict.fromkeys(CODE, "1"),
    runs=tuple(finished(name) for name in PARTS),
    workspace_id="a1b2",
    graded=frozenset(
        (*QUESTIONS, *PREDICTIONS, *DRILLS, "report", *(f"{name}/picture" for name in PARTS)),
    ),
)


def judged(criterion_id: str, seen: Seen, needs: CourseNeeds = NEEDS) -> Criterion:
    (found,) = [criterion for criterion in judge_criteria(needs, seen) if criterion.id == criterion_id]
    return found


def is_open(seen: Seen, needs: CourseNeeds = NEEDS) -> bool:
    return phase4(judge_criteria(needs, seen)).unlocked


def with_verdict(exercise_id: str, **changes: object) -> Seen:
    changed = replace(passed(exercise_id), **changes)  # type: ignore[arg-type]
    return replace(FULL, verdicts={**FULL.verdicts, exercise_id: changed})


def with_run(name: str, **changes: object) -> Seen:
    others = tuple(run for run in FULL.runs if run.project != name)
    return replace(FULL, runs=(*others, replace(finished(name), **changes)))  # type: ignore[arg-type]


def test_phase_4_opens_when_all_five_hold():
    criteria = judge_criteria(NEEDS, FULL)
    assert [criterion.id for criterion in criteria] == ["implement", "explain", "modify", "read", "portfolio"]
    assert [criterion.missing for criterion in criteria] == [()] * 5
    assert [criterion.to_recheck for criterion in criteria] == [()] * 5
    assert phase4(criteria) == Phase4(unlocked=True, missing=())


def test_a_beginner_has_met_nothing_and_is_told_everything():
    criteria = judge_criteria(NEEDS, Seen())
    assert not any(criterion.met for criterion in criteria)
    assert phase4(criteria).missing == ("implement", "explain", "modify", "read", "portfolio")
    told = "\n".join(line for criterion in criteria for line in criterion.missing)
    everything = (*EXERCISES, *CAPSTONES, *ADAPTATIONS, *QUESTIONS, *PREDICTIONS, *DRILLS, *PARTS, "report")
    assert [id for id in everything if id not in told] == []
    assert [line for line in told.splitlines() if "phase3-tutor" not in line] == []


def test_phase_4_is_locked_when_nothing_was_judged():
    assert phase4([]) == Phase4(unlocked=False, missing=())


@pytest.mark.parametrize("exercise_id", [*EXERCISES])
def test_one_stale_exercise_locks_again_until_it_is_checked(exercise_id):
    edited = replace(FULL, fingerprints={**FULL.fingerprints, exercise_id: "edited"})
    criterion = judged("implement", edited)
    assert not criterion.met
    assert criterion.missing == (
        f"{exercise_id}: its code has changed since it was checked; phase3-tutor check {exercise_id}",
    )
    assert criterion.because == "3 of 4 exercises, 2 of 2 paper-to-code capstones"
    assert not is_open(edited)
    checked_again = replace(passed(exercise_id), fingerprint="edited")
    assert is_open(replace(edited, verdicts={**edited.verdicts, exercise_id: checked_again}))


def test_code_that_is_gone_from_the_workspace_does_not_count():
    without = {id: code for id, code in FULL.fingerprints.items() if id != "cnn/conv2d"}
    for fingerprints in (without, {**without, "cnn/conv2d": ""}):
        (line,) = judged("implement", replace(FULL, fingerprints=fingerprints)).missing
        assert line.startswith("cnn/conv2d: its code is not in the workspace any more")


@pytest.mark.parametrize("status", ["failed", "error", "timeout", "missing", "unverifiable"])
def test_an_exercise_that_does_not_pass_keeps_the_first_criterion_open(status):
    criterion = judged("implement", with_verdict("cnn/conv2d", status=status, mistake="flipped-kernel"))
    assert criterion.missing == (
        f"cnn/conv2d: the last check says {status} (flipped-kernel); phase3-tutor check cnn/conv2d",
    )


@pytest.mark.parametrize("status", ["variant", "fragile"])
def test_variants_and_fragile_solutions_count(status):
    assert is_open(with_verdict("cnn/conv2d", status=status))


def test_a_changed_check_asks_for_a_new_one_and_locks_nothing():
    seen = replace(FULL, content_versions={**FULL.content_versions, "cnn/conv2d": "2"})
    criterion = judged("implement", seen)
    assert criterion.met
    assert criterion.to_recheck == ("cnn/conv2d: its check has changed since; phase3-tutor check cnn/conv2d",)
    assert is_open(seen)


def without_verdicts(*ids: str) -> Seen:
    return replace(FULL, verdicts={id: verdict for id, verdict in FULL.verdicts.items() if id not in ids})


def test_any_two_of_the_paper_capstones_are_enough():
    for left_out in CAPSTONES:
        assert judged("implement", without_verdicts(left_out)).met
    criterion = judged("implement", without_verdicts("capstone/resnext", "capstone/rmsnorm"))
    assert criterion.missing == (
        "paper-to-code capstones: 1 more needed; choose from capstone/resnext, capstone/rmsnorm; "
        "phase3-tutor capstone capstone/resnext",
    )
    assert criterion.because == "4 of 4 exercises, 1 of 2 paper-to-code capstones"


def test_a_stale_capstone_locks_when_no_other_stands_in_for_it():
    edited = {**FULL.fingerprints, "capstone/rotary": "edited"}
    assert is_open(replace(FULL, fingerprints=edited))
    seen = replace(without_verdicts("capstone/resnext"), fingerprints=edited)
    assert not is_open(seen)
    assert judged("implement", seen).missing[0].startswith("capstone/rotary: its code has changed")


@pytest.mark.parametrize("missing_id", [*QUESTIONS, *PREDICTIONS])
def test_explaining_needs_every_question_and_prediction(missing_id):
    seen = replace(FULL, graded=FULL.graded - {missing_id})
    criterion = judged("explain", seen)
    assert not criterion.met
    (line,) = criterion.missing
    assert line.startswith(f"{missing_id}: not shown yet; phase3-tutor ")
    assert phase4(judge_criteria(NEEDS, seen)).missing == ("explain",)


def test_modifying_needs_one_adaptation_that_holds_now():
    assert judged("modify", without_verdicts("adapt/resnet_1d")).met
    assert not judged("modify", without_verdicts(*ADAPTATIONS)).met
    one_edited = replace(
        without_verdicts("adapt/resnet_1d"),
        fingerprints={**FULL.fingerprints, "adapt/transformer_sets": "edited"},
    )
    assert phase4(judge_criteria(NEEDS, one_edited)).missing == ("modify",)


@pytest.mark.parametrize("missing_id", DRILLS)
def test_reading_needs_every_drill(missing_id):
    seen = replace(FULL, graded=FULL.graded - {missing_id})
    assert judged("read", seen).missing == (f"{missing_id}: not shown yet; phase3-tutor drill {missing_id}",)
    assert phase4(judge_criteria(NEEDS, seen)).missing == ("read",)


@pytest.mark.parametrize("missing_id", ["cnn/picture", "report"])
def test_the_portfolio_needs_its_pictures_and_its_report(missing_id):
    seen = replace(FULL, graded=FULL.graded - {missing_id})
    assert judged("portfolio", seen).missing[0].startswith(f"{missing_id}: not shown yet")
    assert phase4(judge_criteria(NEEDS, seen)).missing == ("portfolio",)


@pytest.mark.parametrize("name", PARTS)
def test_the_portfolio_needs_a_run_of_each_project(name):
    seen = replace(FULL, runs=tuple(run for run in FULL.runs if run.project != name))
    assert judged("portfolio", seen).missing == (f"{name}: no run of quick yet; phase3-tutor train {name}",)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"is_evidence": False}, "had parts of the reference in it"),
        ({"workspace_id": "else"}, "belongs to another workspace"),
        (
            {"metric": 0.9699},
            "did not reach its bar (held_out_accuracy 0.9699, needed held_out_accuracy at least 0.97)",
        ),
        ({"metric": None}, "did not reach its bar (held_out_accuracy not a number"),
        ({"metric_name": "train_accuracy"}, "did not reach its bar (train_accuracy 0.975"),
        ({"fingerprints": {"cnn/conv2d": "x"}}, "does not say whose code cnn/batchnorm2d was"),
        (
            {"fingerprints": {"cnn/conv2d": "x", "cnn/batchnorm2d": ""}},
            "does not say whose code cnn/batchnorm2d was",
        ),
    ],
)
def test_a_run_that_proves_nothing_says_why(changes, said):
    seen = with_run("cnn", **changes)
    (line,) = judged("portfolio", seen).missing
    assert line.startswith("cnn: run cnn-quick-001 ")
    assert said in line
    assert line.endswith("; phase3-tutor train cnn")
    assert not is_open(seen)


def test_a_run_of_another_preset_does_not_count():
    (line,) = judged("portfolio", with_run("cnn", preset="tiny")).missing
    assert line.startswith("cnn: no run of quick yet")


def test_a_bar_from_above_is_passed_from_below():
    assert is_open(with_run("rnn", metric=1.69))
    assert not is_open(with_run("rnn", metric=1.7))


def test_a_run_that_cannot_be_verified_now_does_not_count():
    seen = replace(FULL, run_problems={"cnn-quick-001": "its checkpoint is gone"})
    (line,) = judged("portfolio", seen).missing
    assert line == "cnn: run cnn-quick-001 cannot be verified: its checkpoint is gone; phase3-tutor train cnn"


def test_a_run_counts_while_the_edited_module_passes_and_not_when_it_does_not():
    edited = replace(FULL, fingerprints={**FULL.fingerprints, "cnn/conv2d": "edited"})
    (line,) = judged("portfolio", edited).missing
    assert "is made of cnn/conv2d, which does not pass now" in line
    checked_again = replace(passed("cnn/conv2d"), fingerprint="edited")
    assert judged("portfolio", replace(edited, verdicts={**edited.verdicts, "cnn/conv2d": checked_again})).met


def test_one_good_run_is_enough_and_the_closest_bad_one_is_named():
    bad = replace(finished("cnn"), run_id="cnn-quick-002", metric=0.5, is_evidence=False)
    assert is_open(replace(FULL, runs=(*FULL.runs, bad)))
    nearly = replace(finished("cnn"), metric=0.96)
    others = tuple(run for run in FULL.runs if run.project != "cnn")
    (line,) = judged("portfolio", replace(FULL, runs=(*others, nearly, bad))).missing
    assert line.startswith("cnn: run cnn-quick-001 did not reach its bar")


def unavailable(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    return tuple(replace(need, available=False) for need in needs)


NOT_HERE_YET = {
    "exercises": ("implement", unavailable(NEEDS.exercises)),
    "paper_capstones": ("implement", unavailable(NEEDS.paper_capstones)),
    "questions": ("explain", unavailable(NEEDS.questions)),
    "predictions": ("explain", ()),
    "adaptations": ("modify", ()),
    "drills": ("read", ()),
    "projects": ("portfolio", tuple(replace(project, available=False) for project in NEEDS.projects)),
    "report": ("portfolio", replace(NEEDS.report, available=False)),
}


@pytest.mark.parametrize("field", NOT_HERE_YET)
def test_what_this_version_does_not_have_keeps_its_criterion_open_and_says_so(field):
    criterion_id, lacking = NOT_HERE_YET[field]
    needs = replace(NEEDS, **{field: lacking})
    criterion = judged(criterion_id, FULL, needs)
    assert not criterion.met
    assert all("not in this version of the tutor yet" in line for line in criterion.missing)
    assert "stays open in this version" in criterion.because
    assert not is_open(FULL, needs)


@pytest.mark.parametrize("field", ["exercises", "questions", "projects"])
def test_a_course_without_any_of_a_kind_is_not_met_by_having_none(field):
    assert not is_open(FULL, replace(NEEDS, **{field: ()}))


def test_a_project_without_pictures_or_bars_or_parts_cannot_be_met():
    for lacking in ({"pictures": ()}, {"bars": {}}, {"parts": ()}):
        changed = replace(NEEDS.projects[0], **lacking)
        criterion = judged("portfolio", FULL, replace(NEEDS, projects=(changed, *NEEDS.projects[1:])))
        assert not criterion.met
        assert "not in this version" in criterion.missing[0]


def test_capstones_that_are_partly_there_say_how_many_are_not():
    needs = replace(NEEDS, paper_capstones=(NEEDS.paper_capstones[0], *unavailable(NEEDS.paper_capstones[1:])))
    criterion = judged("implement", without_verdicts(*CAPSTONES), needs)
    assert criterion.missing == (
        "paper-to-code capstones: 2 more needed; choose from capstone/resnext; phase3-tutor capstone "
        "capstone/resnext; 1 not in this version of the tutor yet",
    )


def test_needs_that_nothing_would_meet_are_refused():
    with pytest.raises(ValueError, match="showing nothing"):
        replace(NEEDS, adaptations_needed=0)


def test_a_given_up_exercise_does_not_count_though_it_passes_and_its_run_still_does():
    given_up = GivenUp("cnn/conv2d", "2026-03-01T10:00:00+00:00")
    needs = replace(NEEDS, exercises=(Need("cnn/conv2d", "check it", "reset it"), *NEEDS.exercises[1:]))
    seen = replace(FULL, given_up={"cnn/conv2d": given_up})
    implement, *others = judge_criteria(needs, seen)
    assert not implement.met
    assert implement.missing == (
        "cnn/conv2d: given up on 2026-03-01, so it does not count yet: put the stub back, then pass it on a later day "
        "with code that is not the shown solution's; reset it",
    )
    assert all(criterion.met for criterion in others)
    after = replace(seen, given_up={"cnn/conv2d": replace(given_up, reset_at="2026-03-01T11:00:00+00:00")})
    assert judge_criteria(needs, after)[0].missing[0].endswith("not the shown solution's; check it")


def test_a_given_up_exercise_that_was_solved_anew_counts():
    redeemed = GivenUp("cnn/conv2d", "2026-03-01T10:00:00+00:00", "2026-03-02T10:00:00+00:00", "2026-03-03T10:00:00")
    assert judge_criteria(NEEDS, replace(FULL, given_up={"cnn/conv2d": redeemed}))[0].met
