import pytest
import torch

from models.datasets.shuffled_batches import ShuffledBatches


def shuffled(seed=1, examples=23, batch_size=5):
    return ShuffledBatches(examples, batch_size, torch.Generator().manual_seed(seed))


def test_an_epoch_sees_each_example_at_most_once_and_leaves_out_what_fills_no_batch():
    batches = shuffled()
    epoch = torch.cat([batches.next_indices() for _ in range(batches.batches_per_epoch)])
    assert batches.batches_per_epoch == 4
    assert len(epoch) == len(epoch.unique()) == 20


def test_each_epoch_has_another_order():
    batches = shuffled(batch_size=23)
    assert not torch.equal(batches.next_indices(), batches.next_indices())


@pytest.mark.parametrize("taken", range(10))
def test_a_restored_sampler_gives_the_batches_that_were_to_come(taken):
    batches = shuffled()
    for _ in range(taken):
        batches.next_indices()
    state = batches.state()
    expected = [batches.next_indices() for _ in range(9)]
    other = shuffled(seed=99)
    other.restore(state)
    assert all(torch.equal(other.next_indices(), indices) for indices in expected)


def test_a_batch_larger_than_the_data_is_refused():
    with pytest.raises(ValueError, match="larger than the 23 examples"):
        shuffled(batch_size=24)
