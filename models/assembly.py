"""Puts a net together from the learner's parts, and references only where the run's config says so."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from torch import nn

from models.ablated_parts import ablated
from models.batchnorm import BatchNorm2d
from models.blocks import BasicBlock
from models.conv import Conv2d
from models.learner_modules import LearnerModules, PartUnusable
from models.nets import layout_of
from models.presets import with_defaults
from models.resnet import ResNet
from models.run_config import Part, RunConfig
from models.twins import Pair, Twins


@dataclass(frozen=True)
class Role:
    """What an exercise is in the net: the class its file must hold, ours, and torch's equal one."""

    class_name: str  # in the learner's file; conv2d is a function, and Conv2d below it holds its weights
    reference: Callable[..., nn.Module]
    fused: type[nn.Module] | None = None


ROLES = {
    "cnn/conv2d": Role("Conv2d", Conv2d, nn.Conv2d),
    "cnn/batchnorm2d": Role("BatchNorm2d", BatchNorm2d, nn.BatchNorm2d),
    "cnn/basic_block": Role("BasicBlock", BasicBlock),
    "cnn/resnet": Role("ResNet", ResNet),
}


@dataclass(frozen=True)
class Assembled:
    """The net that trains, and where torch's layers stand in it, the learner's beside them."""

    net: nn.Module
    twins: Twins | None


def assemble(config: RunConfig, modules: LearnerModules, in_channels: int, num_classes: int) -> Assembled:
    """The run's ResNet, with the learner's own layers or, when `config.twin`, with torch's as their twins."""
    parts = {part.exercise_id: part for part in config.parts}
    classes = {exercise_id: _class_of(parts, exercise_id, modules) for exercise_id in ROLES}
    layout = layout_of(with_defaults(config.settings, config.project))
    shape = {**asdict(layout), "num_classes": num_classes, "in_channels": in_channels}
    own = _build(ablated(classes, config.ablations), shape)
    primitives = {id_: role.fused for id_, role in ROLES.items() if role.fused}
    if "no-bn" in config.ablations:
        del primitives["cnn/batchnorm2d"]
    pairs = _primitive_layers(own, {exercise_id: classes[exercise_id] for exercise_id in primitives})
    fused = {exercise_id: layer for exercise_id, layer in primitives.items() if parts[exercise_id].has_twin}
    if not config.twin or not fused:
        return Assembled(own, None)
    net = _build(ablated({**classes, **fused}, config.ablations), shape)
    twinned = {name: pair for name, pair in pairs.items() if pair[0] in fused}
    return Assembled(net, Twins(net, _paired(net, twinned)))


def _paired(net: nn.Module, own: Mapping[str, tuple[str, nn.Module]]) -> tuple[Pair, ...]:
    layers = dict(net.named_modules())
    for name, (exercise_id, _) in own.items():
        if type(layers.get(name)) is not ROLES[exercise_id].fused:
            raise _not_as_given(f"given torch's layers it has none at {name}", ROLES[exercise_id])
    return tuple(Pair(exercise_id, name, layers[name], layer) for name, (exercise_id, layer) in own.items())


def _build(makers: Mapping[str, Callable[..., nn.Module]], shape: Mapping[str, Any]) -> nn.Module:
    return makers["cnn/resnet"](
        **shape,
        block=makers["cnn/basic_block"],
        conv=makers["cnn/conv2d"],
        norm=makers["cnn/batchnorm2d"],
    )


def _class_of(parts: Mapping[str, Part], exercise_id: str, modules: LearnerModules) -> Callable[..., nn.Module]:
    if exercise_id not in parts:
        thing = f"The run's config does not say who wrote {exercise_id}."
        raise PartUnusable(thing, "config.json", "start a new run with `phase3-tutor train`")
    role, part = ROLES[exercise_id], parts[exercise_id]
    if part.source == "reference":
        return role.reference
    found = modules.take(part.file, role.class_name)
    if not (isinstance(found, type) and issubclass(found, nn.Module)):
        thing = f"{role.class_name} in {part.file} is no nn.Module class."
        raise PartUnusable(thing, part.file, f"put `class {role.class_name}(nn.Module)` back as the stub has it")
    return found


def _primitive_layers(
    own: nn.Module, given: Mapping[str, Callable[..., nn.Module]]
) -> dict[str, tuple[str, nn.Module]]:
    """Each convolution and normalisation by its name in the net: all of the class the net was given."""
    found: dict[str, tuple[str, nn.Module]] = {}
    for exercise_id, class_ in given.items():
        role = ROLES[exercise_id]
        assert role.fused is not None
        for name, layer in own.named_modules():
            if isinstance(class_, type) and isinstance(layer, class_):
                found[name] = (exercise_id, layer)
            elif type(layer) is role.fused:
                raise _not_as_given(f"{name} is torch.nn.{role.fused.__name__}, not what the net was given", role)
        if not any(part == exercise_id for part, _ in found.values()):
            raise _not_as_given(f"no {role.class_name} is anywhere in the net", role)
    return found


def _not_as_given(what: str, role: Role) -> PartUnusable:
    argument = "conv" if role.class_name == "Conv2d" else "norm"
    next_step = f"make every such layer by calling `{argument}`, and pass {argument}={argument} on to the blocks"
    return PartUnusable(f"The net is not built from its parts: {what}.", "ResNet and BasicBlock", next_step)
