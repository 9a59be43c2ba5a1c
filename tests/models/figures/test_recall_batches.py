import torch

from models.figures.recall_batches import RecallBatches


def test_the_first_symbol_is_the_label_and_no_other_tells_of_it():
    x, labels = RecallBatches(6, seed=1).training(200)
    assert x.shape == (6, 200, RecallBatches.SYMBOLS)
    assert torch.equal(x.sum(dim=2), torch.ones(6, 200))
    symbols = x.argmax(dim=2)
    assert torch.equal(symbols[0], labels)
    assert symbols[1:].min() >= RecallBatches.KINDS
    assert set(labels.tolist()) == set(range(RecallBatches.KINDS))


def test_training_batches_differ_and_held_out_ones_do_not():
    data = RecallBatches(6, seed=1)
    assert not torch.equal(data.training(50)[0], data.training(50)[0])
    assert torch.equal(data.held_out(50)[0], data.held_out(50)[0])
    assert not torch.equal(data.held_out(50)[0], RecallBatches(6, seed=2).held_out(50)[0])
    assert torch.equal(RecallBatches(6, seed=1).training(50)[0], RecallBatches(6, seed=1).training(50)[0])
