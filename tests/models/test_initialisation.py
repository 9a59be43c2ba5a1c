import pytest
import torch
from torch import Tensor, nn

from models.batchnorm import BatchNorm2d
from models.conv import Conv2d
from models.initialisation import initialise, kaiming_init_
from models.resnet import ResNet


def test_kernels_have_the_spread_of_he_and_norms_start_as_the_identity():
    net = ResNet(blocks=(1, 1, 1))
    initialise(net, torch.Generator().manual_seed(1))
    kernel = net.get_parameter("stages.2.0.conv2.weight")  # (64, 64, 3, 3): fan_in 576
    assert abs(kernel.std() / (2 / 576) ** 0.5 - 1) < 0.02
    assert abs(kernel.mean()) < 0.001
    assert (net.get_parameter("bn1.weight") == 1).all()
    assert (net.get_parameter("bn1.bias") == 0).all()
    assert (net.get_parameter("fc.bias") == 0).all()


def test_a_net_of_our_layers_and_one_of_torchs_start_with_the_same_weights():
    nets = [ResNet((1, 1, 1), conv=Conv2d, norm=BatchNorm2d), ResNet((1, 1, 1), conv=nn.Conv2d, norm=nn.BatchNorm2d)]
    for net in nets:
        initialise(net, torch.Generator().manual_seed(3))
    ours, torchs = (dict(net.named_parameters()) for net in nets)
    assert ours.keys() == torchs.keys()
    assert all(torch.equal(ours[name], torchs[name]) for name in ours)


SHAPES = [(400, 100), (100, 400), (40, 20, 5, 10), (1, 30, 4, 400)]
TORCHS = {"normal": nn.init.kaiming_normal_, "uniform": nn.init.kaiming_uniform_}


def weight_of(*shape: int) -> nn.Parameter:
    return nn.Parameter(torch.full(shape, 3.0, dtype=torch.float64))


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
@pytest.mark.parametrize("mode", ["fan_in", "fan_out"])
@pytest.mark.parametrize("shape", SHAPES)
def test_numbers_are_those_of_torchs_initialisation_from_the_same_seed(shape, mode, distribution):
    ours, theirs = weight_of(*shape), weight_of(*shape)
    torch.manual_seed(7)
    assert kaiming_init_(ours, mode=mode, distribution=distribution) is ours
    torch.manual_seed(7)
    TORCHS[distribution](theirs, mode=mode, nonlinearity="relu")
    torch.testing.assert_close(ours, theirs)
    assert ours.requires_grad
    assert ours.grad_fn is None


def through_relu_layers(x: Tensor, depth: int, scale: float = 1.0) -> Tensor:
    for _ in range(depth):
        weight = kaiming_init_(torch.empty(512, 512, dtype=torch.float64))
        x = torch.relu(x @ (scale * weight).T)
    return x


def test_twenty_relu_layers_keep_the_mean_square_where_half_the_variance_loses_it():
    torch.manual_seed(1)
    x = torch.randn(64, 512, dtype=torch.float64)
    # The logarithm of the mean square has a standard deviation of about sqrt(5 * 20 / 512) = 0.44.
    kept = through_relu_layers(x, 20).square().mean()
    lost = through_relu_layers(x, 20, scale=0.5**0.5).square().mean()
    assert abs(kept.log()) < 6 * 0.44
    assert lost < 2**-20 * 14


def test_fan_out_keeps_the_gradient_of_a_narrowing_net():
    torch.manual_seed(2)
    x = torch.randn(64, 1024, dtype=torch.float64, requires_grad=True)
    weights = [kaiming_init_(torch.empty(n // 2, n, dtype=torch.float64), mode="fan_out") for n in (1024, 512, 256)]
    y = x
    for weight in weights:
        y = torch.relu(y @ weight.T)
    arriving = torch.randn_like(y)
    (gradient,) = torch.autograd.grad(y, x, arriving)
    # Variances 5 / 512 + 5 / 256 + 5 / 128: six standard deviations of the logarithm are 1.6.
    assert abs((gradient.square().mean() / arriving.square().mean()).log()) < 1.6


@pytest.mark.parametrize(
    ("shape", "options"), [((3, 4), {"mode": "fan_avg"}), ((3, 4), {"distribution": "gauss"}), ((5,), {})]
)
def test_what_has_no_rule_is_refused(shape, options):
    with pytest.raises(ValueError, match=r"no (mode|distribution)|no fan"):
        kaiming_init_(weight_of(*shape), **options)


def test_a_strided_view_is_filled_and_nothing_beside_it():
    whole = torch.full((6, 10), 3.0)
    kaiming_init_(whole[:, ::2].T)
    assert (whole[:, 1::2] == 3.0).all()
    assert (whole[:, ::2] != 3.0).all()
