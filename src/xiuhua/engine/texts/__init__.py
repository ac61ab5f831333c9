"""Short Chinese texts: what each is about, which speak of the same matter, and which were said before."""

from xiuhua.engine.texts.groups import group
from xiuhua.engine.texts.heldout import HeldOut, digests
from xiuhua.engine.texts.index import TextIndex
from xiuhua.engine.texts.model import TextModel, counted, train
from xiuhua.engine.texts.scores import ClassScore, by_class, calibration_error, guessed_f1, macro_f1

__all__ = [
    "ClassScore",
    "HeldOut",
    "TextIndex",
    "TextModel",
    "by_class",
    "calibration_error",
    "counted",
    "digests",
    "group",
    "guessed_f1",
    "macro_f1",
    "train",
]
