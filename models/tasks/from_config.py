"""From a run's config to the task that it describes: what the trainer trains and the lab looks into."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from models.assembly import assemble
from models.char_model import CharModel
from models.data_store import DataStore
from models.datasets.cifar10 import load_cifar10
from models.datasets.digits import load_digits
from models.datasets.images import ImageDataset
from models.datasets.multi30k import load_multi30k
from models.datasets.number_words import load_number_words
from models.datasets.plays import load_plays
from models.datasets.shakespeare import load_shakespeare
from models.datasets.text import TextDataset
from models.datasets.translation import TranslationDataset
from models.datasets.vocabulary import PAD
from models.initialisation import initialise
from models.learner_modules import LearnerModules
from models.placement import Placement
from models.presets import with_defaults
from models.recurrent_assembly import assemble_layers
from models.recurrent_parts import take_parts
from models.run_config import RunConfig
from models.tasks.character_model import CharacterModel
from models.tasks.image_classification import ImageClassification
from models.tasks.long_range import LONG_RANGE_TASKS, LongRange
from models.tasks.task_errors import SettingsUnfit
from models.tasks.translation import Translation
from models.transformer_assembly import Vocabularies, assemble_transformer
from models.transformer_parts import take_transformer_parts

_INITIALISING, _SPLITTING = 0, 4  # purposes of random numbers; see Placement.generator
_SPLIT_SEED = 0  # every run's, so that runs of different seeds are judged by the same validation images
_IMAGES: dict[str, Callable[[DataStore], ImageDataset]] = {"digits": load_digits, "cifar10": load_cifar10}
_TEXTS: dict[str, Callable[[DataStore], TextDataset]] = {"plays": load_plays, "shakespeare": load_shakespeare}

_PAIRS: dict[str, Callable[[DataStore, str], TranslationDataset]] = {
    "number-words": lambda _, direction: load_number_words(direction.removeprefix("en-")),
    "multi30k": load_multi30k,
}

AnyTask = ImageClassification | CharacterModel | LongRange | Translation


class Prepared(NamedTuple):
    """A task before its first step, and the learner's files as they were imported for it."""

    task: AnyTask
    modules: LearnerModules


def prepare(config: RunConfig, modules_folder: Path, store: DataStore, placement: Placement) -> Prepared:
    """Load the data, assemble the net and draw its first weights; all the same for the same config."""
    make = {"cnn": _images, "rnn": _sequences, "transformer": _sentences}[config.project]
    modules = LearnerModules(modules_folder)
    task = make(config, modules, store, placement)
    # How many numbers the constructors drew must not matter: with twins there are two nets.
    placement.seed_all(config.seed)
    return Prepared(task, modules)


def _images(config: RunConfig, modules: LearnerModules, store: DataStore, placement: Placement) -> AnyTask:
    settings = with_defaults(config.settings, config.project)
    dataset = _split(_IMAGES[settings["dataset"]](store), settings["validation_images"], placement)
    modules.install()
    placement.seed_all(config.seed)
    assembled = assemble(config, modules, dataset.channels, len(dataset.class_names))
    initialise(assembled.net, placement.generator(config.seed, _INITIALISING))
    return ImageClassification(assembled.net, assembled.twins, dataset, settings, config.seed, placement)


def _sequences(config: RunConfig, modules: LearnerModules, store: DataStore, placement: Placement) -> AnyTask:
    settings = with_defaults(config.settings, config.project)
    dataset = _TEXTS[settings["dataset"]](store) if settings["dataset"] in _TEXTS else None
    modules.install()
    placement.seed_all(config.seed)
    parts, generator = take_parts(config, modules), placement.generator(config.seed, _INITIALISING)
    if dataset is None:
        wanted = LONG_RANGE_TASKS[settings["dataset"]]
        recurrent = assemble_layers(config, settings, parts, wanted.inputs, generator)
        return LongRange(wanted, recurrent, parts, settings, config.seed, placement, generator)
    recurrent = assemble_layers(config, settings, parts, settings["embedding"], generator)
    net = CharModel(
        recurrent.layers, len(dataset.symbols), settings["embedding"], settings["hidden"], settings["dropout"]
    )
    net.draw_ends(generator)
    return CharacterModel(net, recurrent, parts, dataset, settings, config.seed, placement)


def _sentences(config: RunConfig, modules: LearnerModules, store: DataStore, placement: Placement) -> AnyTask:
    settings = with_defaults(config.settings, config.project)
    dataset = _PAIRS[settings["dataset"]](store, settings["direction"])
    modules.install()
    placement.seed_all(config.seed)
    parts, generator = take_transformer_parts(config, modules), placement.generator(config.seed, _INITIALISING)
    shared = dataset.source is dataset.target
    sizes = Vocabularies(len(dataset.source.tokens), len(dataset.target.tokens), shared, PAD)
    assembled = assemble_transformer(config, settings, parts, sizes, generator)
    return Translation(assembled, parts, dataset, settings, config.seed, placement)


def _split(dataset: ImageDataset, validation_images: int, placement: Placement) -> ImageDataset:
    if validation_images >= len(dataset.train_labels):
        thing = f"{validation_images:,} images for validation leave none of {len(dataset.train_labels):,} to train on."
        raise SettingsUnfit(thing, "--set validation_images", "set a tenth of the training images, or 0")
    return dataset.with_validation(validation_images, placement.generator(_SPLIT_SEED, _SPLITTING))
