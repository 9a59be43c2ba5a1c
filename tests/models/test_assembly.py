import sys
from dataclasses import replace

import pytest
import torch
from torch import nn

import models.batchnorm
import models.conv
from models.assembly import ROLES, assemble
from models.learner_modules import LearnerModules, PartUnusable
from models.presets import FUSED_PARTS


@pytest.fixture
def assemble_run():
    before = list(sys.meta_path)

    def run_of(run):
        modules = LearnerModules(run.modules)
        modules.install()
        return assemble(run.config(), modules, 1, 10), modules

    yield run_of
    sys.meta_path[:] = before


def test_with_twins_the_net_has_torchs_layers_and_each_has_the_learners_beside_it(make_run, assemble_run):
    assembled, modules = assemble_run(make_run())
    primitives = {
        name for name, layer in assembled.net.named_modules() if isinstance(layer, nn.Conv2d | nn.BatchNorm2d)
    }
    assert {pair.layer for pair in assembled.twins.pairs} == primitives
    assert {type(pair.own).__module__ for pair in assembled.twins.pairs} == {"cnn.conv", "cnn.normalisation"}
    assert type(assembled.net).__module__ == "cnn.resnet"
    assert type(assembled.net.stages[0][0]).__module__ == "cnn.blocks"
    assert sorted(modules.hashes) == ["cnn/blocks.py", "cnn/conv.py", "cnn/normalisation.py", "cnn/resnet.py"]


def test_without_twins_the_learners_own_layers_are_what_trains(make_run, assemble_run):
    assembled, _ = assemble_run(make_run(twin=False))
    assert assembled.twins is None
    assert not any(type(layer) in (nn.Conv2d, nn.BatchNorm2d) for layer in assembled.net.modules())
    assert assembled.net(torch.randn(2, 1, 32, 32)).shape == (2, 10)


def test_a_reference_stands_in_only_for_the_parts_that_say_so(make_run, assemble_run):
    assembled, _ = assemble_run(make_run(references=("cnn/batchnorm2d",), twin=False))
    assert type(assembled.net.bn1) is models.batchnorm.BatchNorm2d
    assert type(assembled.net.conv1) is not models.conv.Conv2d
    assert type(assembled.net.conv1).__module__ == "cnn.conv"


def replaced(file, old, new):
    from tests.models.conftest import SOURCES, learner_file

    exercise_id = next(key for key, value in SOURCES.items() if value[0] == file)
    text = learner_file(exercise_id)
    assert old in text
    return {file: text.replace(old, new)}


@pytest.mark.parametrize("twin", [True, False])
@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("cnn/blocks.py", "self.conv2 = conv(", "self.conv2 = nn.Conv2d(", "stages.0.0.conv2 is torch.nn.Conv2d"),
        ("cnn/resnet.py", "self.bn1 = norm(", "self.bn1 = nn.BatchNorm2d(", "bn1 is torch.nn.BatchNorm2d"),
        ("cnn/resnet.py", ", norm=norm)", ")", "is torch.nn.BatchNorm2d"),
    ],
)
def test_a_net_that_is_not_built_from_its_parts_is_refused(twin, file, old, new, words, make_run, assemble_run):
    with pytest.raises(PartUnusable, match="not built from its parts") as refusal:
        assemble_run(make_run(files=replaced(file, old, new), twin=twin))
    assert words in refusal.value.thing


def test_a_file_without_its_class_is_named(make_run, assemble_run):
    with pytest.raises(PartUnusable, match=r"cnn/conv\.py has no Conv2d"):
        assemble_run(make_run(files={"cnn/conv.py": "def conv2d(x, w):\n    return x\n"}))
    with pytest.raises(PartUnusable, match=r"BasicBlock in cnn/blocks\.py is no nn\.Module class"):
        assemble_run(make_run("cnn-quick-002", files={"cnn/blocks.py": "def BasicBlock():\n    return 1\n"}))


def test_a_config_that_leaves_a_part_out_is_refused(make_run, assemble_run):
    from dataclasses import replace

    run = make_run()
    config = run.config()
    run.write_config(replace(config, parts=config.parts[:2]))
    with pytest.raises(PartUnusable, match="who wrote cnn/basic_block"):
        assemble_run(run)


@pytest.mark.parametrize("shortcut", ["A", "B"])
def test_depth_and_shortcut_come_from_the_settings(shortcut, make_run, assemble_run):
    assembled, _ = assemble_run(make_run(changes={"num_blocks": "2", "shortcut": shortcut}))
    convolutions = [layer for layer in assembled.net.modules() if isinstance(layer, nn.Conv2d)]
    assert len(convolutions) == 13 + (2 if shortcut == "B" else 0)


def test_the_parts_that_are_said_to_have_a_fused_layer_have_one():
    assert {exercise_id for exercise_id, role in ROLES.items() if role.fused} == {
        name for name in FUSED_PARTS if name.startswith("cnn/")
    }


def test_a_part_by_another_convention_trains_itself_and_the_others_have_their_twins(make_run, assemble_run):
    run = make_run(files=replaced("cnn/normalisation.py", "var * m / (m - 1)", "var"))
    config = run.config()
    parts = tuple(replace(part, has_twin=part.exercise_id != "cnn/batchnorm2d") for part in config.parts)
    run.write_config(replace(config, parts=parts))

    assembled, _ = assemble_run(run)
    assembled.net(torch.randn(4, 1, 32, 32))

    assert run.config().parts == parts
    assert type(assembled.net.bn1).__module__ == "cnn.normalisation"
    assert type(assembled.net.conv1) is nn.Conv2d
    assert set(assembled.twins.verify(torch.randn(4, 1, 32, 32))) == {"cnn/conv2d"}
