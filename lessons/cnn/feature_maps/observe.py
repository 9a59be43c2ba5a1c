"""How feature_maps is used on a net with reused, in-place and nested parts, and what it leaves behind."""

import torch
from torch import nn

from lessons.checking.observing import set_state

MODULE_HOOKS = torch.nn.modules.module._global_forward_hooks


class Broken(Exception):
    """What the net raises where a case asks for it."""


class Stopped(BaseException):
    """What stops a net from outside, as Ctrl-C does."""


class Block(nn.Module):
    """A residual block with one in-place ReLU, called twice."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(x + self.conv2(self.relu(self.bn1(self.conv1(x)))))


class Net(nn.Module):
    """Small, but with all that hooks meet: nesting, reuse, in-place changes, dropout, a part that never runs."""

    def __init__(self, channels, fails):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 3, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(3)
        self.relu = nn.ReLU(inplace=True)
        self.layer1 = nn.Sequential(Block(3), Block(3))
        self.same = nn.Identity()
        self.unused = nn.Linear(3, 2)
        self.drop = nn.Dropout(0.5)
        self.fc = nn.Linear(3, 4)
        self.fails = fails

    def forward(self, x):
        x = self.same(self.relu(self.bn1(self.conv1(self.same(x)))))
        x = self.layer1(x)
        if self.fails:
            raise {"Broken": Broken, "Stopped": Stopped}[self.fails]("in the middle of the net")
        return self.fc(self.relu(self.drop(x).mean(dim=(2, 3)) - 0.25))


class Quiet(nn.Module):
    """No module of it says that it changes anything in place; forward does, after an Identity and a view."""

    def __init__(self, channels, pixels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 4, 3, padding=1)
        self.same = nn.Identity()
        self.flat = nn.Flatten()
        self.fc = nn.Linear(4 * pixels, 3)

    def forward(self, x):
        h = self.conv1(self.same(x))
        y = self.fc(self.flat(h).relu_())
        h.zero_()  # whatever is a view of it goes with it
        return y.mul_(0.5)


def made(x, training, seed, fails="", quiet=False):
    """A net with drawn numbers; `training` names the modules in training mode ("*": all of them)."""
    net = Quiet(x.shape[1], x.shape[2] * x.shape[3]) if quiet else Net(x.shape[1], fails)
    set_state(net, seed)
    net.fc.bias.requires_grad_(False)
    for name, module in net.named_modules():
        module.training = training == ["*"] or name in training
    return net.to(x.device)


def observe(
    feature_maps, x, names, training, seed, fails="", unknown=(), doubled="", leaf=False, grad=True, quiet=False
):
    """The maps, what happened in the pass, and the net afterwards."""
    torch.manual_seed(seed)  # dropout that is left on by mistake draws the same in every run
    net, twin = (made(x, training, seed, fails, quiet) for _ in range(2))
    events = watched(net, doubled)
    watched(twin, doubled)
    before = snapshot(net)
    x = x.detach().requires_grad_() if leaf else x
    asked = list(names)
    random = torch.get_rng_state()
    with torch.set_grad_enabled(grad):
        if fails:
            yield "exception that reaches the caller", exception_of(feature_maps, net, x, asked)
        elif unknown:
            yield "unknown names told by the KeyError", told_of(feature_maps, net, x, asked, unknown)
        else:
            maps = feature_maps(net, x, asked)
            yield from seen_in(maps)
        yield "whether gradients are recorded afterwards", torch.is_grad_enabled()
        torch.set_grad_enabled(True)
    yield "calls of the net", events
    yield from left(net, before, asked == list(names))
    yield "random numbers drawn", not bool(torch.equal(random, torch.get_rng_state()))
    if fails or unknown or x.is_meta:
        return
    kept = {name: value.clone() for name, value in maps.items()}
    yield from seen_in(feature_maps(net, 0.5 * x.detach() + 1.0, tuple(reversed(asked[1:]))), " of a second batch")
    yield "invariant: a later call leaves earlier maps alone", apart(maps, kept)
    yield "invariant: no map shares memory with another or with x", shared(maps, x)
    net.eval()
    twin.eval()
    yield "invariant: net(x) is what it was", net(x.detach()) - twin(x.detach())


def seen_in(maps, of=""):
    if not isinstance(maps, dict):
        yield f"maps{of}", maps
        return
    yield f"names in the dict{of}", list(maps)
    for name, value in maps.items():
        yield f"map of {name or 'the net'}{of}", value
        if isinstance(value, torch.Tensor):
            yield f"requires_grad of the map of {name}{of}", value.requires_grad
            yield f"answer to is_inference() of the map of {name}{of}", value.is_inference()


def exception_of(feature_maps, net, x, names):
    try:
        feature_maps(net, x, names)
    except (Broken, Stopped) as error:
        return f"{type(error).__name__}: {error}"
    return "no exception"


def told_of(feature_maps, net, x, names, unknown):
    try:
        feature_maps(net, x, names)
    except KeyError as error:
        return [name for name in unknown if name in str(error)]
    return "no KeyError"


def watched(net, doubled):
    """Hooks that are there before the submission's: they write down the pass, one may change an output."""
    events = []

    def begins(module, _):
        training = [name for name, part in module.named_modules() if part.training]
        events.extend(["net called", f"in training mode: {training}", f"gradients: {torch.is_grad_enabled()}"])

    net.register_forward_pre_hook(begins)
    net.conv1.register_forward_hook(lambda *_: events.append("conv1 called"))
    if doubled:
        net.get_submodule(doubled).register_forward_hook(lambda _, __, y: 2.0 * y)
    return events


def hooks_of(module):
    return [*module._forward_hooks.values(), *module._forward_pre_hooks.values(), *module._backward_hooks.values()]


def snapshot(net):
    return {
        "modes": [part.training for part in net.modules()],
        "hooks": [hooks_of(part) for part in net.modules()],
        "everywhere": len(MODULE_HOOKS),
        "attributes": [sorted(vars(part)) for part in net.modules()],
        "gradients": [value.requires_grad for value in net.parameters()],
        "state": {name: value.clone() for name, value in net.state_dict().items()},
    }


def left(net, before, names_kept):
    now = snapshot(net)
    parts = [name or "the net" for name, _ in net.named_modules()]
    rows = list(zip(parts, before["hooks"], now["hooks"], strict=True))
    yield "modules with another training mode afterwards", changed(parts, before["modes"], now["modes"])
    yield "modules on which hooks were left", [part for part, old, new in rows if len(new) > len(old)]
    yield "modules that lost a hook of their own", [part for part, old, new in rows if any(h not in new for h in old)]
    yield "modules with fewer hooks than before", [part for part, old, new in rows if len(new) < len(old)]
    yield "hooks left on all modules", now["everywhere"] - before["everywhere"]
    yield "modules with other attributes afterwards", changed(parts, before["attributes"], now["attributes"])
    parameters = [name for name, _ in net.named_parameters()]
    yield "parameters with another requires_grad", changed(parameters, before["gradients"], now["gradients"])
    yield "names left as they were", names_kept
    if not next(net.parameters()).is_meta:
        yield "invariant: state_dict() is what it was", apart(now["state"], before["state"])


def changed(parts, old, new):
    return [part for part, was, is_now in zip(parts, old, new, strict=True) if was != is_now]


def apart(some, others):
    """The largest departure of a named tensor from its namesake."""
    gaps = [(some[name].detach().double() - others[name].double()).abs().max() for name in others if name in some]
    return torch.stack(gaps).max().double() if gaps else torch.zeros((), dtype=torch.float64)


def shared(maps, x):
    places = [value.untyped_storage().data_ptr() for value in (*maps.values(), x)]
    return len(set(places)) == len(places)
