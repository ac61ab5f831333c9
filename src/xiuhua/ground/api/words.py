"""Messages that are put into the reader's language when they are told: what operations are called in the document."""

from collections.abc import Callable
from typing import cast

from django.utils.translation import gettext_lazy as lazy

gettext_lazy = cast(Callable[[str], str], lazy)
