from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Someone who signs in. Ours from the first migration on, so that roles and territory can be hung on it."""

    @property
    def reference(self) -> str:
        """Identifier for the journal."""
        return f"user:{self.pk}"
