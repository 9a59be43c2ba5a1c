import pytest
import torch
from torch import Tensor, nn
from torchvision.models.resnet import BasicBlock as TorchvisionBlock

from models.batchnorm import BatchNorm2d
from models.blocks import BasicBlock
from models.conv import Conv2d

CHANGES = [(3, 3, 1), (2, 4, 2), (3, 3, 2), (2, 5, 1), (1, 7, 3)]  # in, out, stride


def image(channels: int, height: int = 7, width: int = 6, seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(3, channels, height, width, generator=generator, dtype=torch.float64)


def randomise(module: nn.Module, seed: int = 0) -> None:
    generator = torch.Generator().manual_seed(seed)
    for name, value in module.state_dict().items():
        if value.is_floating_point():
            drawn = torch.randn(value.shape, generator=generator, dtype=value.dtype)
            value.copy_(drawn.square() + 0.2 if name.endswith("running_var") else drawn)


def silence(block: BasicBlock) -> None:
    """Set gamma and beta of the last norm to zero."""
    for parameter in block.bn2.parameters():
        nn.init.zeros_(parameter)


def torchvision_twin(block: BasicBlock, in_channels: int, out_channels: int, stride: int) -> TorchvisionBlock:
    """torchvision's block with the same numbers; its shortcut is called downsample."""
    same = stride == 1 and in_channels == out_channels
    projection = nn.Sequential(
        nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels)
    )
    twin = TorchvisionBlock(in_channels, out_channels, stride, None if same else projection).double()
    renamed = {"shortcut_conv": "downsample.0", "shortcut_bn": "downsample.1"}
    state = {}
    for name, value in block.state_dict().items():
        owner, _, rest = name.partition(".")
        state[f"{renamed.get(owner, owner)}.{rest}"] = value
    twin.load_state_dict(state)
    return twin


@pytest.mark.parametrize(("in_channels", "out_channels", "stride"), CHANGES)
def test_option_b_is_torchvisions_block_in_training_and_evaluation(in_channels: int, out_channels: int, stride: int):
    block = BasicBlock(in_channels, out_channels, stride, "B").double()
    randomise(block)
    twin = torchvision_twin(block, in_channels, out_channels, stride)
    for training in (True, True, False):
        results = []
        for module in (block.train(training), twin.train(training)):
            x = image(in_channels).requires_grad_()
            y = module(x)
            results.append((y, *torch.autograd.grad(y.square().sum(), (x, *module.parameters()))))
        for mine, other in zip(*results, strict=True):
            torch.testing.assert_close(mine, other)
    torch.testing.assert_close(block.bn2.running_var, twin.bn2.running_var)


@pytest.mark.parametrize(("in_channels", "out_channels", "stride"), CHANGES)
def test_option_a_adds_every_stride_th_pixel_and_nothing_to_new_channels(
    in_channels: int, out_channels: int, stride: int
):
    block = BasicBlock(in_channels, out_channels, stride, "A").double().eval()
    randomise(block)
    x = image(in_channels)
    branch = block.bn2(block.conv2(torch.relu(block.bn1(block.conv1(x)))))
    sampled = nn.functional.avg_pool2d(x, 1, stride)  # a pool of one pixel takes, and skips, as a stride does
    expected = branch.clone()
    expected[:, :in_channels] += sampled
    torch.testing.assert_close(block(x), expected.clamp(min=0))


@pytest.mark.parametrize("shortcut", ["A", "B"])
def test_with_the_last_norm_silent_an_identity_block_is_relu_of_x(shortcut: str):
    block = BasicBlock(3, 3, shortcut=shortcut).double()
    silence(block)
    torch.testing.assert_close(block(image(3)), image(3).clamp(min=0))


def test_with_the_last_norm_silent_a_projecting_block_is_relu_of_the_projection():
    block = BasicBlock(2, 4, 2, "B").double().eval()
    randomise(block)
    silence(block)
    torch.testing.assert_close(block(image(2)), block.shortcut_bn(block.shortcut_conv(image(2))).clamp(min=0))


@pytest.mark.parametrize("shortcut", ["A", "B"])
def test_gradcheck_holds(shortcut: str):
    block = BasicBlock(2, 4, 2, shortcut).double().eval()
    randomise(block)
    assert torch.autograd.gradcheck(block, (image(2, 5, 4)[:1].requires_grad_(),))


def test_parts_exist_only_where_they_are_needed_and_no_convolution_has_a_bias():
    names = {name.split(".")[0] for name, _ in BasicBlock(2, 4, 2, "A").named_parameters()}
    assert names == {"conv1", "bn1", "conv2", "bn2"}
    assert names == {name.split(".")[0] for name, _ in BasicBlock(4, 4, 1, "B").named_parameters()}
    projecting = dict(BasicBlock(4, 4, 2, "B").named_parameters())
    assert "shortcut_conv.weight" in projecting
    assert not any(name.startswith(("conv", "shortcut_conv")) and name.endswith("bias") for name in projecting)


@pytest.mark.parametrize("shortcut", ["A", "B"])
def test_our_own_convolution_and_norm_give_the_same_as_torchs(shortcut: str):
    ours = BasicBlock(2, 4, 2, shortcut, conv=Conv2d, norm=BatchNorm2d).double()
    theirs = BasicBlock(2, 4, 2, shortcut).double()
    ours.load_state_dict({k: v for k, v in theirs.state_dict().items() if "num_batches" not in k})
    torch.testing.assert_close(ours(image(2)), theirs(image(2)))
    torch.testing.assert_close(ours.eval()(image(2)), theirs.eval()(image(2)))


def test_the_input_stays_as_it_was():
    block, x = BasicBlock(3, 3).double(), image(3)
    before = x.clone()
    block(x)
    assert torch.equal(x, before)


def test_what_cannot_be_built_is_refused_in_words():
    with pytest.raises(ValueError, match='"A" or "B", not \'C\''):
        BasicBlock(2, 2, shortcut="C")
    with pytest.raises(ValueError, match="4 to 2 needs option B"):
        BasicBlock(4, 2, shortcut="A")
