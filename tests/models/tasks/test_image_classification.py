import sys

import pytest
import torch
from torch import nn

from models.data_store import DataStore
from models.placement import place
from models.tasks.from_config import prepare
from models.tasks.image_classification import NetMisbehaves, SettingsUnfit
from models.training import train


@pytest.fixture
def task_of(tmp_path):
    before = list(sys.meta_path)

    def make(run):
        return prepare(run.config(), run.modules, DataStore(tmp_path), place("cpu", threads=1)).task

    threads = torch.get_num_threads()
    yield make
    torch.set_num_threads(threads)
    sys.meta_path[:] = before


def test_the_learners_net_learns_something_in_a_few_steps(make_run, task_of):
    task = task_of(make_run(changes={"iterations": "16", "batch_size": "32", "warmup": "0.3"}))
    losses = [step.loss for step in train(task)]
    assert sum(losses[-3:]) < 0.8 * sum(losses[:3])


def test_twins_and_the_learners_own_layers_train_along_the_same_curve(make_run, task_of):
    changes = {"iterations": "5", "peak_lr": "0.01"}
    with_twins = [step.loss for step in train(task_of(make_run("cnn-quick-001", changes=changes)))]
    own = [step.loss for step in train(task_of(make_run("cnn-quick-002", changes=changes, twin=False)))]
    assert with_twins[0] == pytest.approx(own[0], rel=1e-5)
    assert with_twins == pytest.approx(own, rel=2e-3)


def test_the_same_seed_gives_the_same_batches_and_another_seed_others(make_run, task_of):
    first = task_of(make_run("cnn-quick-001")).next_batch(0)
    again = task_of(make_run("cnn-quick-002")).next_batch(0)
    other = task_of(make_run("cnn-quick-003", seed=8)).next_batch(0)
    assert torch.equal(first.images, again.images)
    assert torch.equal(first.labels, again.labels)
    assert not torch.equal(first.labels, other.labels)


def test_evaluation_is_the_mean_over_all_images_and_leaves_no_trace(make_run, task_of, monkeypatch):
    task = task_of(make_run())
    before = {name: value.clone() for name, value in task.model.state_dict().items()}
    whole = task.evaluate()
    monkeypatch.setattr("models.tasks.image_classification.EVALUATION_BATCH", 100)  # 355 leave a short last one
    in_parts = task.evaluate()
    assert in_parts["accuracy"] == whole["accuracy"]
    assert in_parts["loss"] == pytest.approx(whole["loss"], rel=1e-5)
    assert all(torch.equal(value, before[name]) for name, value in task.model.state_dict().items())


def test_the_held_out_set_is_looked_at_every_so_many_epochs_and_at_the_end(make_run, task_of):
    changes = {"iterations": "0", "epochs": "5", "batch_size": "700", "evaluate_every_epochs": "2"}
    task = task_of(make_run(changes=changes))
    assert task.total_steps == 10
    assert [step for step in range(1, 11) if task.due_evaluation(step)] == [4, 8, 10]


def test_forward_code_that_uses_view_trains_all_the_same(make_run, task_of):
    from tests.models.conftest import learner_file

    text = learner_file("cnn/resnet")
    assert "x.mean(dim=(2, 3))" in text
    text = text.replace("x.mean(dim=(2, 3))", "x.view(len(x), -1).view(len(x), x.shape[1], -1).mean(-1)")
    changes = {"channels_last": "yes"}
    task = task_of(make_run(files={"cnn/resnet.py": text}, changes=changes))
    assert task.memory_format == torch.contiguous_format
    assert len(list(train(task))) == 12
    plain = task_of(make_run("cnn-quick-002", changes=changes))
    assert plain.memory_format == torch.channels_last
    assert len(list(train(plain))) == 12


def test_a_net_with_another_answer_is_named(make_run, task_of):
    from tests.models.conftest import learner_file

    text = learner_file("cnn/resnet").replace("self.fc(x.mean(dim=(2, 3)))", "self.fc(x.mean(dim=(2, 3)))[:, :9]")
    with pytest.raises(NetMisbehaves, match=r"answers with \(16, 9\), and \(16, 10\) is one score"):
        next(train(task_of(make_run(files={"cnn/resnet.py": text}))))


def test_a_batch_larger_than_the_data_is_a_sentence(make_run, task_of):
    with pytest.raises(SettingsUnfit, match="A batch of 2000 is larger than the 1,442 training images"):
        task_of(make_run(changes={"batch_size": "2000"}))


@pytest.mark.parametrize("decay_norms", ["yes", "no"])
def test_weight_decay_spares_norms_and_biases_only_where_the_recipe_says_so(decay_norms, make_run, task_of):
    task = task_of(make_run(changes={"decay_norms": decay_norms}))
    decayed = [p for group in task.optimizer.param_groups if group["weight_decay"] for p in group["params"]]
    everything = sum(len(group["params"]) for group in task.optimizer.param_groups)
    assert everything == len(list(task.model.parameters()))
    assert all(p.ndim >= 2 for p in decayed) is (decay_norms == "no")


def test_digits_are_cropped_with_black_and_never_mirrored(make_run, task_of):
    task = task_of(make_run(changes={"batch_size": "200"}))
    black = task.standardise.black()
    batch = task.next_batch(0)
    edges = torch.cat([batch.images[:, 0, 0], batch.images[:, 0, -1]])
    assert (edges - black).abs().min(1).values.max() < 1e-5
    assert task.dataset.mirrors is False


def test_training_with_torchs_own_net_as_reference_gives_the_same_loss(make_run, task_of):
    task = task_of(make_run())
    batch = task.next_batch(0)
    loss, seen = task.loss(batch)
    with torch.no_grad():
        scores = task.model(batch.images)
    log_p = scores - scores.logsumexp(1, keepdim=True)
    expected = -log_p[torch.arange(16), batch.labels].mean()
    assert loss.item() == pytest.approx(float(expected), rel=1e-4)
    assert seen["accuracy"] == pytest.approx(float((scores.argmax(1) == batch.labels).float().mean()))
    assert isinstance(task.model, nn.Module)


def test_a_run_that_averages_ends_with_the_mean_and_statistics_measured_for_it(make_run, task_of):
    task = task_of(make_run(changes={"average": "0.5", "iterations": "4"}))
    weights = []
    for _ in train(task):
        weights.append(task.model.fc.weight.detach().clone())
    average = task.updating.average
    assert torch.equal(task.model.fc.weight, average.state()["averages"]["fc.weight"])
    assert not torch.equal(task.model.fc.weight, weights[-2])
    # The stem's batch norm now holds what its own convolution gives on training images.
    images = torch.cat([task.next_batch(4).images for _ in range(20)])
    with torch.no_grad():
        expected = task.model.conv1(images).mean((0, 2, 3))
    assert torch.allclose(task.model.bn1.running_mean, expected, atol=0.1)


def test_images_of_the_first_steps_are_smaller(make_run, task_of):
    task = task_of(make_run(changes={"first_size": "24", "grown_after": "0.5"}))
    assert [task.next_batch(step).images.shape[-1] for step in (0, 3, 6, 11)] == [24, 28, 32, 32]


def test_in_bfloat16_the_scores_are_rounded_and_the_evaluation_is_not(make_run, task_of):
    rough = task_of(make_run("cnn-quick-001", changes={"precision": "bfloat16"}))
    fine = task_of(make_run("cnn-quick-002"))
    losses = [task.loss(task.next_batch(0))[0] for task in (rough, fine)]
    assert losses[0].dtype == torch.float32
    assert losses[0].item() == pytest.approx(losses[1].item(), rel=0.02)
    assert losses[0].item() != losses[1].item()
    fine.model.load_state_dict(rough.model.state_dict())
    assert rough.evaluate() == fine.evaluate()


def test_with_a_validation_set_the_held_out_images_are_looked_at_once(make_run, task_of):
    changes = {"validation_images": "142", "iterations": "0", "epochs": "4", "batch_size": "650"}
    task = task_of(make_run(changes=changes))
    assert task.total_steps == 8
    due = [task.due_evaluation(step) for step in range(1, 9)]
    assert due == ["", "validation", "", "validation", "", "validation", "", "held_out"]
    assert task.dataset.facts() | {"train": 1300, "validation": 142, "held_out": 355} == task.dataset.facts()
    images, labels = task.dataset.judged_by("validation")
    assert task.evaluate("validation")["accuracy"] * 142 == pytest.approx(
        round(task.evaluate("validation")["accuracy"] * 142)
    )
    assert len(images) == len(labels) == 142


def test_every_seed_is_judged_by_the_same_validation_images_and_trains_on_the_others(make_run, task_of):
    changes = {"validation_images": "42"}
    one = task_of(make_run("cnn-quick-001", changes=changes, seed=1)).dataset
    other = task_of(make_run("cnn-quick-002", changes=changes, seed=2)).dataset
    assert torch.equal(one.validation_images, other.validation_images)
    whole = task_of(make_run("cnn-quick-003")).dataset.train_images
    assert torch.equal(
        torch.cat([one.train_images, one.validation_images]).sum((1, 2, 3)).double().sort().values,
        whole.sum((1, 2, 3)).double().sort().values,
    )


def test_a_validation_set_that_leaves_nothing_to_train_on_is_a_sentence(make_run, task_of):
    with pytest.raises(SettingsUnfit, match="leave none of 1,442"):
        task_of(make_run(changes={"validation_images": "1442"}))


def test_images_that_stay_off_the_device_give_the_same_run(make_run, task_of):
    runs = [make_run(f"cnn-quick-{on}", changes={"data_on_device": on, "iterations": "3"}) for on in ("yes", "no")]
    one, other = ([step.loss for step in train(task_of(run))] for run in runs)
    assert one == other


def test_what_is_compiled_is_the_training_step_alone(make_run, task_of, monkeypatch):
    compiled, called = [], []

    def compile_(net):
        compiled.append(net)
        return lambda images: called.append(len(images)) or net(images)

    monkeypatch.setattr(torch, "compile", compile_)
    task = task_of(make_run(changes={"compile": "yes", "iterations": "2"}))
    losses = [step.loss for step in train(task)]
    assert compiled == [task.model]
    assert called == [16, 16]  # neither the twins nor the evaluation go through it
    plain = task_of(make_run("cnn-quick-002", changes={"iterations": "2"}))
    assert compiled == [task.model]
    assert losses == [step.loss for step in train(plain)]


@pytest.mark.slow
def test_a_compiled_step_follows_the_plain_one(make_run, task_of):
    changes = {"iterations": "4", "peak_lr": "0.01"}
    plain = [step.loss for step in train(task_of(make_run("cnn-quick-001", changes=changes)))]
    task = task_of(make_run("cnn-quick-002", changes=changes | {"compile": "yes"}))
    assert [step.loss for step in train(task)] == pytest.approx(plain, rel=1e-3)
