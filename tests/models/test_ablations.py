import sys

import pytest
import torch
from torch import nn

from models.ablations import ABLATIONS, ablated_settings, chosen_ablations
from models.assembly import assemble
from models.learner_modules import LearnerModules, PartUnusable
from models.presets import PresetRefused, settings_for
from models.resnet import ResNet
from tests.models.conftest import TINY, learner_file


@pytest.fixture
def assembled(make_run):
    before = list(sys.meta_path)

    def build(*names, changes=None, **config):
        settings = ablated_settings("cnn", settings_for("cnn", "quick", TINY | (changes or {})), names)
        run = make_run(
            "-".join(["cnn", *names, f"{config.get('twin', True)}"]), settings=settings, ablations=names, **config
        )
        modules = LearnerModules(run.modules)
        modules.install()
        return assemble(run.config(), modules, 3, 10)

    yield build
    sys.meta_path[:] = before


def parameters(net):
    return sum(parameter.numel() for parameter in net.parameters())


def test_names_come_once_and_in_the_lists_order():
    assert chosen_ablations("cnn", ["kernel-5", "no-skip", "kernel-5"]) == ("no-skip", "kernel-5")
    assert chosen_ablations("cnn", []) == ()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["no-relu"], ('Project cnn has no ablation called "no-relu"', "no-skip, no-bn")),
        (["kernel-5", "kernel-7"], ("kernel-5 and kernel-7 change the same part", "one run for each")),
        (["shortcut-b", "no-skip"], ("no-skip and shortcut-b",)),
        (["pre-activation", "no-skip"], ("no-skip and pre-activation",)),
    ],
)
def test_names_that_cannot_be_are_refused_with_what_to_do(names, words):
    with pytest.raises(PresetRefused) as refusal:
        chosen_ablations("cnn", names)
    for word in words:
        assert word in str(refusal.value)


def test_an_ablation_that_would_change_nothing_is_refused():
    settings = settings_for("cnn", "quick", {})
    assert ablated_settings("cnn", settings, ["shortcut-b"])["shortcut"] == "B"
    with pytest.raises(PresetRefused, match="has shortcut A already"):
        ablated_settings("cnn", settings, ["shortcut-a"])
    assert ablated_settings("cnn", settings_for("cnn", "quick", {"net": "resnet18"}), ["shortcut-a"])["shortcut"] == "A"


@pytest.mark.parametrize("name", [name for name in ABLATIONS["cnn"] if name != "shortcut-a"])
@pytest.mark.parametrize("twin", [True, False])
def test_every_ablation_trains_with_the_learners_layers_or_their_twins(name, twin, assembled):
    made = assembled(name, twin=twin)
    made.net(torch.randn(4, 3, 16, 16)).square().sum().backward()
    assert all(parameter.grad is not None for parameter in made.net.parameters())
    if twin:
        expected = {"cnn/conv2d"} | ({"cnn/batchnorm2d"} if name != "no-bn" else set())
        assert set(made.twins.verify(torch.randn(4, 3, 16, 16))) == expected
    else:
        assert any(type(layer).__module__ == "cnn.conv" for layer in made.net.modules())


def test_without_skips_a_block_is_f_alone_and_has_the_learners_parts(assembled):
    block = assembled("no-skip", twin=False).net.stages[1][0]
    assert type(block.conv1).__module__ == "cnn.conv"
    x = torch.randn(4, 16, 8, 8)
    branch = block.bn2(block.conv2(torch.relu(block.bn1(block.conv1(x)))))
    assert torch.equal(block(x), torch.relu(branch))
    assert parameters(assembled("no-skip").net) == parameters(ResNet((1, 1, 1)))


def test_a_block_that_names_its_parts_otherwise_is_told_so(assembled):
    text = learner_file("cnn/basic_block").replace("self.conv2", "self.second")
    with pytest.raises(PartUnusable, match="no part called conv2"):
        assembled("no-skip", files={"cnn/blocks.py": text})


@pytest.mark.parametrize(("name", "kernel"), [("kernel-5", 5), ("kernel-7", 7)])
def test_wider_kernels_keep_every_shape_and_leave_projections_alone(name, kernel, assembled):
    net = assembled(name, "shortcut-b").net if name == "kernel-5" else assembled("shortcut-b", name).net
    sizes = {layer.kernel_size for layer in net.modules() if isinstance(layer, nn.Conv2d)}
    assert sizes == {(kernel, kernel), (1, 1)}
    assert net.stages[2](net.stages[1](torch.randn(1, 16, 16, 16))).shape == (1, 64, 4, 4)


def test_without_normalisation_each_channel_keeps_a_bias(assembled):
    net = assembled("no-bn").net
    assert not any(isinstance(layer, nn.BatchNorm2d) for layer in net.modules())
    assert parameters(net) == parameters(ResNet((1, 1, 1))) - sum([16, 32, 64]) * 2 - 16
    x = torch.randn(2, 16, 4, 4)
    net.bn1.bias.data[3] = 2.0
    assert torch.equal(net.bn1(x)[:, 3], x[:, 3] + 2)


def test_pre_activation_leaves_the_shortcut_clear(assembled):
    net = assembled("pre-activation", changes={"num_blocks": "2"}).net
    block = net.stages[0][1]
    nn.init.zeros_(block.conv2.weight)
    x = torch.randn(2, 16, 8, 8)
    assert torch.equal(block(x), x)  # x + F(x) with F = 0: no ReLU stands behind the sum
    assert net.bn1.weight.shape == (64,)
    # Norms stand before their convolution: (16+16) 2 a block, then (16+32), (32+32), (32+64), (64+64), and 64.
    norms = sum(layer.weight.numel() for layer in net.modules() if isinstance(layer, nn.BatchNorm2d))
    assert norms == 2 * (16 + 16) + (16 + 32) + (32 + 32) + (32 + 64) + (64 + 64) + 64


def test_resnet18_is_the_learners_block_in_four_stages_with_its_exact_count(make_run):
    run = make_run(settings=settings_for("cnn", "quick", {"net": "resnet18"}), twin=False)
    modules = LearnerModules(run.modules)
    before = list(sys.meta_path)
    modules.install()
    try:
        with torch.device("meta"):
            net = assemble(run.config(), modules, 3, 10).net
    finally:
        sys.meta_path[:] = before
    assert parameters(net) == 11_173_962
    assert [
        [type(block).__module__ for block in stage.children()] for stage in net.get_submodule("stages").children()
    ] == [["cnn.blocks"] * 2] * 4
