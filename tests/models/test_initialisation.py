import torch
from torch import nn

from models.batchnorm import BatchNorm2d
from models.conv import Conv2d
from models.initialisation import initialise
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
