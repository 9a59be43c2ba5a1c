"""From a run's config to the task that it describes: what the trainer trains and the lab looks into."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from models.assembly import assemble
from models.data_store import DataStore
from models.datasets.cifar10 import load_cifar10
from models.datasets.digits import load_digits
from models.datasets.images import ImageDataset
from models.initialisation import initialise
from models.learner_modules import LearnerModules
from models.placement import Placement
from models.presets import with_defaults
from models.run_config import RunConfig
from models.tasks.image_classification import ImageClassification, SettingsUnfit

_INITIALISING, _SPLITTING = 0, 4  # purposes of random numbers; see Placement.generator
_SPLIT_SEED = 0  # every run's, so that runs of different seeds are judged by the same validation images
_LOADERS: dict[str, Callable[[DataStore], ImageDataset]] = {"digits": load_digits, "cifar10": load_cifar10}


class Prepared(NamedTuple):
    """A task before its first step, and the learner's files as they were imported for it."""

    task: ImageClassification
    modules: LearnerModules


def prepare(config: RunConfig, modules_folder: Path, store: DataStore, placement: Placement) -> Prepared:
    """Load the data, assemble the net and draw its first weights; all the same for the same config."""
    settings = with_defaults(config.settings)
    dataset = _split(_LOADERS[settings["dataset"]](store), settings["validation_images"], placement)
    modules = LearnerModules(modules_folder)
    modules.install()
    placement.seed_all(config.seed)
    assembled = assemble(config, modules, dataset.channels, len(dataset.class_names))
    initialise(assembled.net, placement.generator(config.seed, _INITIALISING))
    task = ImageClassification(assembled.net, assembled.twins, dataset, settings, config.seed, placement)
    # How many numbers the constructors drew must not matter: with twins there are two nets.
    placement.seed_all(config.seed)
    return Prepared(task, modules)


def _split(dataset: ImageDataset, validation_images: int, placement: Placement) -> ImageDataset:
    if validation_images >= len(dataset.train_labels):
        thing = f"{validation_images:,} images for validation leave none of {len(dataset.train_labels):,} to train on."
        raise SettingsUnfit(thing, "--set validation_images", "set a tenth of the training images, or 0")
    return dataset.with_validation(validation_images, placement.generator(_SPLIT_SEED, _SPLITTING))
