from django.apps import apps
from django.db import connection

from expectations import by_hand, refused
from xiuhua.ground.journal.guard import refuse_unchained


def test_a_database_from_before_the_chain_is_refused(committed_db):
    with by_hand(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DROP COLUMN mac")
    with refused("早期试用版"):
        refuse_unchained(apps.get_app_config("journal"), using="default")


def test_a_fresh_database_is_none_of_its_business(committed_db):
    refuse_unchained(apps.get_app_config("journal"), using="default")
