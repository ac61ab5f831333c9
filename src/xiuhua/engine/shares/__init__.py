"""Who pays what for a lift (出资分摊): all money in whole fen, every sum exact."""

from xiuhua.engine.shares.airport import shapley, shapley_exact, shapley_of, storey_costs
from xiuhua.engine.shares.apportionment import apportion, difference, instalments, refund, resized, settle, without
from xiuhua.engine.shares.consent import kept, most_consent
from xiuhua.engine.shares.schemes import by_area, by_benefit, by_coefficients, equally
from xiuhua.engine.shares.tables import Household, Table, floor_percents, midpoints, outside

__all__ = [
    "Household",
    "Table",
    "apportion",
    "by_area",
    "by_benefit",
    "by_coefficients",
    "difference",
    "equally",
    "floor_percents",
    "instalments",
    "kept",
    "midpoints",
    "most_consent",
    "outside",
    "refund",
    "resized",
    "settle",
    "shapley",
    "shapley_exact",
    "shapley_of",
    "storey_costs",
    "without",
]
