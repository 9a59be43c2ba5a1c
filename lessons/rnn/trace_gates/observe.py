"""How trace_gates is used on a small character net, and what it leaves behind."""

import torch
from torch import nn

from lessons.checking.observing import NO_NUMBERS, set_state

GATES = "ifgoch"


class Cell(nn.Module):
    """One step of an LSTM whose blocks lie in the order that is asked for; dropout draws tell that it was left on."""

    def __init__(self, inputs, size, gate_order):
        super().__init__()
        self.weight_ih = nn.Parameter(torch.empty(4 * size, inputs))
        self.weight_hh = nn.Parameter(torch.empty(4 * size, size))
        self.bias_ih = nn.Parameter(torch.empty(4 * size))
        self.bias_hh = nn.Parameter(torch.empty(4 * size))
        self.gate_order = gate_order

    def forward(self, x, state):
        h, c = state
        a = x @ self.weight_ih.T + self.bias_ih + h @ self.weight_hh.T + self.bias_hh
        a = dict(zip(self.gate_order, a.chunk(4, dim=-1), strict=True))
        c = a["f"].sigmoid() * c + a["i"].sigmoid() * a["g"].tanh()
        return a["o"].sigmoid() * c.tanh(), c


class CharacterNet(nn.Module):
    def __init__(self, vocabulary, inputs, size, gate_order):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, inputs)
        self.dropout = nn.Dropout(0.5)
        self.cell = Cell(inputs, size, gate_order)
        self.head = nn.Linear(size, vocabulary)

    def forward(self, x, state):
        h, c = self.cell(self.dropout(self.embedding(x)), state)
        return self.head(h), (h, c)


def made(sizes, gate_order, seed, scale, training, device):
    vocabulary, inputs, size = sizes
    net = CharacterNet(vocabulary, inputs, size, gate_order)
    set_state(net, seed)
    with torch.no_grad():
        net.cell.weight_ih.mul_(scale)
    net.head.bias.requires_grad_(False)
    net.embedding.weight.grad = torch.ones_like(net.embedding.weight)
    for name, part in net.named_modules():
        part.training = training == ["*"] or name in training
    return net.to(device)


def observe(trace_gates, ids, sizes, seed, gate_order="ifgo", training=(), scale=1.0, h=None, c=None, grad=True):
    """The six traces, how they were made, a second text, and the net afterwards."""
    torch.manual_seed(seed)  # dropout that is left on by mistake draws the same in every run
    net = made(sizes, gate_order, seed, scale, list(training), ids.device)
    before, random = snapshot(net), torch.get_rng_state()
    given = {} if gate_order == "ifgo" else {"gate_order": gate_order}
    given |= {} if h is None else {"state": (h, c)}
    raised, trace = "nothing", None
    with torch.set_grad_enabled(grad):
        try:
            trace = trace_gates(net, ids, **given)
        except (IndexError, RuntimeError) as error:
            if ids.is_meta and any(words in str(error) for words in NO_NUMBERS):
                trace = {name: torch.empty(len(ids), sizes[2], device=ids.device) for name in GATES}
            elif isinstance(error, NotImplementedError) or ids.is_meta or int(ids.max()) < sizes[0]:
                raise
            else:
                raised = "an error"
        yield "gradients are recorded afterwards as before", torch.is_grad_enabled() == grad
        torch.set_grad_enabled(True)
    yield "what reached the caller", raised
    yield from left(net, before)
    yield "random numbers drawn", not torch.equal(random, torch.get_rng_state())
    if raised != "nothing":
        return
    yield from seen_in(trace)
    if ids.is_meta or not isinstance(trace, dict):
        return
    kept = {name: value.clone() for name, value in trace.items() if isinstance(value, torch.Tensor)}
    if h is not None:
        yield "invariant: the given h and c keep their memory to themselves", apart_in_memory(trace, h, c)
    net.eval()
    yield from seen_in(trace_gates(net, ids.flip(0)[:2], **given), " of a second text")
    same = all(torch.equal(trace[name], kept[name]) for name in kept)
    yield "invariant: a later call leaves earlier traces alone", same


def seen_in(trace, of=""):
    if not isinstance(trace, dict):
        yield f"trace{of}", trace
        return
    yield f"names in the dict{of}", sorted(map(str, trace))
    for name in GATES:
        if name in trace:
            value = trace[name]
            yield f"{name}{of}", value
            if isinstance(value, torch.Tensor) and not of:
                yield f"whether a graph hangs on {name}", value.requires_grad
                yield f"answer to is_inference() of {name}", value.is_inference()


def apart_in_memory(trace, *others):
    places = {value.untyped_storage().data_ptr() for value in trace.values() if isinstance(value, torch.Tensor)}
    return places.isdisjoint(other.untyped_storage().data_ptr() for other in others)


def snapshot(net):
    parts = list(net.named_modules())
    return {
        "training mode": {name or "the net": part.training for name, part in parts},
        "number of hooks": {name or "the net": len(part._forward_hooks) + len(part._forward_pre_hooks)
                            for name, part in parts},
        "setting": {name or "the net": part.extra_repr() for name, part in parts},
        "list of attributes": {name or "the net": sorted(vars(part)) for name, part in parts},
        "requires_grad": {name: value.requires_grad for name, value in net.named_parameters()},
        ".grad": {name: None if value.grad is None else value.grad.clone() for name, value in net.named_parameters()},
        "numbers": {name: value.clone() for name, value in net.state_dict().items()},
    }  # fmt: skip


def left(net, before):
    now = snapshot(net)
    for what, held in before.items():
        yield f"parts with another {what} afterwards", [key for key in held if not equal(held[key], now[what][key])]


def equal(one, other):
    if isinstance(one, torch.Tensor) and isinstance(other, torch.Tensor):
        return one.is_meta or torch.equal(one, other)
    return type(one) is type(other) and one == other
