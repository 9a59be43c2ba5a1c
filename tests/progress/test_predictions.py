from dataclasses import replace

import pytest

from progress.evidence import EvidenceStore, Predicted
from progress.prediction_rows import content_hash

NO_SKIP = Predicted("cnn", "quick", ("no-skip",), 0, "lower", 1.0, 5.0, run_id="cnn-quick-no-skip-001")
SEEDS = [replace(NO_SKIP, seed=seed) for seed in range(3)]


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path / ".phase3")


def change(store, place, rehash=False, **values):
    """What a learner could do to a row with an editor and the record's own checksum."""
    with store.record.transaction() as database:
        for row in database.table("predictions"):
            if row["number"] == place:
                row.update(values)
                if rehash:
                    row["hash"] = content_hash(row)
                database.table("predictions").update(row, doc_ids=[row.doc_id])


def test_a_sealed_prediction_has_its_time_and_is_chained_to_the_one_before(store):
    first, second, third = store.seal(SEEDS)
    assert (first.number, first.previous, first.run_id) == (1, "", "cnn-quick-no-skip-001")
    assert (second.previous, third.previous) == (first.hash, second.hash)
    assert first.sealed_at >= "2026"
    assert store.predictions() == [first, second, third]
    assert store.notices == []


def test_what_was_said_first_stands(store):
    (first,) = store.seal([NO_SKIP])
    (again,) = store.seal([replace(NO_SKIP, direction="higher")])
    assert again == first
    assert len(store.predictions()) == 1


def test_another_preset_seed_ablation_or_setting_is_another_experiment(store):
    others = [
        replace(NO_SKIP, preset="full"), replace(NO_SKIP, seed=1), replace(NO_SKIP, ablations=("no-bn",)),
        replace(NO_SKIP, changes={"epochs": 2}),
    ]  # fmt: skip
    store.seal([NO_SKIP, *others])
    assert len(store.predictions()) == 5


def test_the_history_keeps_every_seal(store):
    (sealed,) = store.seal([NO_SKIP])
    store.seal([NO_SKIP])
    events = list(store.journal.events())
    assert [event["event"] for event in events] == ["prediction"]
    assert (events[0]["direction"], events[0]["hash"], events[0]["at"]) == ("lower", sealed.hash, sealed.sealed_at)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_row_that_is_changed_is_left_out_with_a_sentence_and_the_others_stay(store, number):
    store.seal(SEEDS)
    change(store, number, direction="higher")
    assert [row.number for row in store.predictions()] == [n for n in (1, 2, 3) if n != number]
    (sentence,) = store.notices
    assert f"no-skip, seed {number - 1}, was changed after it was sealed" in sentence


@pytest.mark.parametrize("number", [1, 2])
def test_a_row_that_is_changed_and_given_a_new_hash_is_not_vouched_for_by_the_next(store, number):
    store.seal(SEEDS)
    change(store, number, rehash=True, is_blind=False)
    assert [row.number for row in store.predictions()] == [n for n in (1, 2, 3) if n != number]
    assert "was changed" in store.notices[0]


@pytest.mark.parametrize("values", [{"number": "two"}, {"ablations": None}, {"hash": None}])
def test_a_row_with_a_value_of_another_kind_is_left_out(store, values):
    store.seal(SEEDS)
    change(store, 2, rehash="hash" not in values, **values)
    assert {row.number for row in store.predictions()} <= {1, 3}
    assert "was changed after it was sealed" in "".join(store.notices)


def test_a_row_that_is_taken_out_is_missed(store):
    store.seal(SEEDS)
    with store.record.transaction() as database:
        database.table("predictions").remove(lambda row: row["number"] == 2)
    assert [row.number for row in store.predictions()] == [1, 3]
    assert store.notices == ["A prediction is gone from your record: number 2 of those sealed."]


def test_after_a_changed_row_a_new_prediction_of_the_same_can_be_sealed(store):
    store.seal(SEEDS)
    change(store, 3, least=2.0)
    (again,) = store.seal([SEEDS[2]])
    assert again.number == 4
    assert [row.number for row in store.predictions()] == [1, 2, 4]
