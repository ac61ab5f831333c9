"""What a database should know of its tables before it is asked about them."""

from django.db import connection
from django.db.models import Model


def take_stock(*models: type[Model]) -> None:
    """Have PostgreSQL count tables that were filled at once: until it has, it plans as if they were empty.

    Its own housekeeping comes a minute later, and never within the transaction that fills them. SQLite needs none.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
