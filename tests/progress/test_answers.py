import json
import os

import pytest

from progress.evidence import Answer, EvidenceStore, QuestionEvidence
from progress.record_errors import RecordReadOnly

AT = "2026-03-01T10:00:00+00:00"
WRONG = Answer("cnn/pooling/left", 7, "1/3", False, AT, misconception=0, content_version="3")
RIGHT = Answer("cnn/pooling/left", 7, "1/9", True, AT, content_version="3")
CHOSEN = Answer("cnn/pooling/holds", 2, (1, 3, 4), True, AT)


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path / ".phase3")


def test_the_latest_answer_is_kept_with_what_grades_it_again(store):
    store.add_answers([WRONG, RIGHT, CHOSEN])
    assert store.answers() == {
        "cnn/pooling/left": QuestionEvidence(RIGHT, attempts=2, rights=1),
        "cnn/pooling/holds": QuestionEvidence(CHOSEN, attempts=1, rights=1),
    }


def test_giving_up_is_counted_and_is_no_attempt(store):
    store.add_answers([WRONG, Answer("cnn/pooling/left", 7, "", False, AT, gave_up=True)])
    evidence = store.answers()["cnn/pooling/left"]
    assert (evidence.attempts, evidence.rights, evidence.given_up) == (1, 0, 1)


def test_a_question_has_one_row_and_the_history_every_answer(store):
    for _ in range(20):
        store.add_answers([WRONG])
    assert len(store.record.snapshot().table("questions").all()) == 1
    events = list(store.journal.events())
    assert len(events) == 20
    assert events[0] == {
        "event": "answer", "at": AT, "id": "cnn/pooling/left", "seed": 7, "answer": "1/3", "is_right": False,
        "misconception": 0, "gave_up": False, "content_version": "3",
    }  # fmt: skip


def test_an_answer_without_a_time_is_given_one(store):
    store.add_answers([Answer("cnn/pooling/left", 7, "1", False)])
    assert store.answers()["cnn/pooling/left"].last.answered_at >= "2026"


def test_a_row_of_a_later_version_is_read_without_what_is_not_known(store):
    with store.record.transaction() as database:
        row = QuestionEvidence(CHOSEN, 1, 1).to_row()
        database.table("questions").insert(json.loads(json.dumps(row | {"rests_until": AT})))
    assert store.answers()["cnn/pooling/holds"].last == CHOSEN


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_where_nothing_can_be_written_it_is_said(store, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(RecordReadOnly):
        store.add_answers([WRONG])
