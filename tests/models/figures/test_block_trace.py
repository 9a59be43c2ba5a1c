import pytest
import torch
from torch import nn
from torch.nn import functional

from models.blocks import BasicBlock
from models.figures.block_trace import MOST_STEPS, BlockTrace


def traced(block: nn.Module, channels: int = 4, size: int = 6) -> BlockTrace:
    trace = BlockTrace(block)
    torch.manual_seed(0)
    trace.run(torch.randn(2, channels, size, size))
    return trace


def names(trace: BlockTrace) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(step.name, step.kind, step.inputs) for step in trace.steps]


class Written(nn.Module):
    """A block whose forward is given as a function of its parts."""

    def __init__(self, forward) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(4, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4)
        self.quiet, self.rectify = nn.Identity(), nn.ReLU(inplace=True)
        self._written = forward

    def forward(self, x):
        return self._written(self, x)


def test_the_reference_is_the_courses_block_diagram():
    trace = traced(BasicBlock(4, 4))
    assert names(trace) == [
        ("Input", "input", ()),
        ("conv1", "conv", (0,)),
        ("bn1", "norm", (1,)),
        ("relu", "relu", (2,)),
        ("conv2", "conv", (3,)),
        ("bn2", "norm", (4,)),
        ("add", "add", (5, 0)),
        ("relu", "relu", (6,)),
    ]
    assert trace.output == 7
    assert trace.called == {"conv1", "bn1", "conv2", "bn2"}


@pytest.mark.parametrize(("shortcut", "extra"), [("A", ["slice", "pad"]), ("B", ["shortcut_conv", "shortcut_bn"])])
def test_a_shortcut_that_changes_the_shape_has_steps_of_its_own(shortcut, extra):
    trace = traced(BasicBlock(4, 8, stride=2, shortcut=shortcut))
    assert [step.name for step in trace.steps[6:8]] == extra
    assert trace.steps[6].inputs == (0,)
    assert trace.steps[8].inputs == (5, 7)


def test_shapes_means_and_deviations_are_those_of_the_outputs():
    block, x = BasicBlock(4, 8, stride=2), torch.randn(3, 4, 6, 6)
    trace = BlockTrace(block)
    y = trace.run(x)
    convolved = block.conv1(x).detach()
    assert trace.steps[1].shape == (3, 8, 3, 3) == tuple(convolved.shape)
    assert trace.steps[1].words == "3x3, 4 to 8"
    assert trace.steps[1].mean == pytest.approx(float(convolved.mean()), abs=1e-6)
    assert trace.steps[1].std == pytest.approx(float(convolved.std(correction=0)), abs=1e-6)
    assert trace.steps[-1].mean == pytest.approx(float(y.mean()), abs=1e-6)
    assert [step.parameters for step in trace.steps] == [0, 288, 16, 0, 576, 16, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "rectify",
    [torch.relu, functional.relu, lambda x: x.clamp(min=0), lambda x: torch.maximum(x, torch.zeros_like(x)),
     lambda x: functional.relu(x, inplace=True), lambda x: x.clamp_(min=0), lambda x: x * (x > 0)],
)  # fmt: skip
def test_a_relu_is_known_by_what_it_does(rectify):
    trace = traced(Written(lambda self, x: rectify(self.bn1(self.conv1(x)))))
    relu = trace.steps[-1]
    assert (relu.kind, relu.inputs, trace.output) == ("relu", (2,), len(trace.steps) - 1)


@pytest.mark.parametrize(
    "add",
    [lambda y, x: y + x, lambda y, x: torch.add(y, x), lambda y, x: y.add_(x), lambda y, x: sum([y, x])],
)
def test_an_addition_is_seen_however_it_is_written(add):
    trace = traced(Written(lambda self, x: add(self.bn1(self.conv1(x)), x)))
    assert (trace.steps[-1].kind, set(trace.steps[-1].inputs)) == ("add", {2, 0})


def test_an_addition_into_a_part_of_the_output_is_on_the_way_to_it():
    def forward(self, x):
        y = self.conv1(x)
        y[:, :2] += x[:, :2]
        return torch.relu(y)

    trace = traced(Written(forward))
    add = next(number for number, step in enumerate(trace.steps) if step.kind == "add")
    assert trace.steps[-1].kind == "relu"
    assert trace.steps[-1].inputs == (add,)


def test_what_hands_its_input_on_is_no_step_and_what_overwrites_it_is():
    def forward(self, x):
        shortcut = self.quiet(functional.pad(x[:, :, ::1, ::1], (0, 0, 0, 0, 0, 0)))
        return self.rectify(self.conv1(x)) + shortcut

    trace = traced(Written(forward))
    assert names(trace)[1:] == [("conv1", "conv", (0,)), ("rectify", "relu", (1,)), ("add", "add", (2, 0))]


def test_zeros_and_looks_at_shapes_are_no_steps():
    def forward(self, x):
        zeros = x.new_zeros(x.shape[0], 2, x.size(2), x.size(3))
        return torch.cat([self.conv1(x), zeros], dim=1)

    trace = traced(Written(forward))
    assert names(trace)[1:] == [("conv1", "conv", (0,)), ("cat", "other", (1,))]


def test_what_was_seen_before_an_exception_stays_and_no_hook_does():
    block = Written(lambda self, x: self.bn1(self.conv1(x)).view(7, 7, 7))
    trace = BlockTrace(block)
    with pytest.raises(RuntimeError, match="shape"):
        trace.run(torch.randn(2, 4, 6, 6))
    assert [step.name for step in trace.steps] == ["Input", "conv1", "bn1"]
    assert trace.output is None
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in block.modules())


def test_a_block_of_very_many_steps_is_cut():
    def forward(_self, x):
        for _ in range(200):
            x = x * 1.01
        return x

    trace = traced(Written(forward))
    assert len(trace.steps) == MOST_STEPS


def test_the_block_computes_what_it_computes_without_being_watched():
    block, x = BasicBlock(4, 8, stride=2, shortcut="B").eval(), torch.randn(2, 4, 6, 6)
    with torch.no_grad():
        assert torch.equal(BlockTrace(block).run(x), block(x))
