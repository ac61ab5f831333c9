from django.db import models

from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow


def digits_of(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


class Neighbour(SealedRow):
    """Somebody with values that lie sealed; the table that these tests need."""

    name = models.CharField(max_length=40)
    phone = SealedField(blank=True, default="")
    phone_index = BlindIndexField("phone", normal=digits_of)
    notes = SealedField(blank=True, default="")

    def __str__(self) -> str:
        return f"neighbour {self.pk}"


class Wrapped(models.Model):
    """A token in an ordinary column, as the journal keeps the keys of its subjects."""

    owner = models.CharField(max_length=40)
    token = models.TextField()

    def __str__(self) -> str:
        return self.owner
