"""Many who live in one house."""

from expectations import by_hand
from xiuhua.ground.territory.models import Building, Household, Resident, Stairwell


def crowd(town, many: int) -> None:
    """As many more stairwells, households and residents."""
    with by_hand():
        wells = Stairwell.objects.bulk_create(
            Stairwell(
                building=town.house,
                path=f"{town.house.path}{number:02d}",
                name=f"{number} 号",
                levels=6,
                households_per_floor=2,
                has_lift=False,
                door_lon=121.4,
                door_lat=31.23,
            )
            for number in range(2, 32)
        )
        homes = Household.objects.bulk_create(
            Household(stairwell=well, path=f"{well.path}{number:04d}", floor=1, room=str(number))
            for well in wells
            for number in range(1, 1 + many // 30)
        )
        Resident.objects.bulk_create(
            Resident(household=home, path=f"{home.path}01", name="李四", birth_year=1960, sex="f") for home in homes
        )
    assert Building.objects.count() == 2
