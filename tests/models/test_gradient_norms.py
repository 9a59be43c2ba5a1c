import pytest
import torch
from torch import nn

from models.gradient_history import NoGradientsNoted, gradient_history
from models.gradient_norms import gradient_norms, is_noted
from models.metrics import metrics_line


def test_the_norms_are_those_that_autograd_gives_layer_by_layer():
    conv, linear = nn.Conv2d(1, 4, 3), nn.Linear(4 * 36, 3)
    net = nn.Sequential(conv, nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), linear)
    x = torch.randn(5, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    loss = net(x).square().mean()
    expected = torch.autograd.grad(loss, [conv.weight, linear.weight], retain_graph=True)
    assert gradient_norms(net) == {}
    loss.backward()
    found = gradient_norms(net)
    assert list(found) == ["0", "4"]
    assert list(found.values()) == pytest.approx([float(each.square().sum().sqrt()) for each in expected])


@pytest.mark.parametrize(("total", "count"), [(5, 5), (60, 60), (132, 66), (64_000, 61)])
def test_a_long_run_notes_them_about_sixty_times_and_always_at_the_first_step(total, count):
    noted = [step for step in range(1, total + 1) if is_noted(step, total)]
    assert noted[0] == 1
    assert len(noted) == count


def test_the_history_is_read_back_in_the_order_of_the_net(make_run):
    run = make_run()
    with pytest.raises(NoGradientsNoted, match="has noted no gradients"):
        gradient_history(run)
    lines = [metrics_line(1, "train", loss=1.0), metrics_line(1, "gradients", norms={"conv1": 2.0, "fc": 0.5})]
    lines.append(metrics_line(9, "gradients", norms={"conv1": 1.5, "fc": float("nan")}))
    run.metrics.write_bytes(b"".join(lines))
    found = gradient_history(run)
    assert found.steps == (1, 9)
    assert list(found.norms.items()) == [("conv1", (2.0, 1.5)), ("fc", (0.5, None))]
