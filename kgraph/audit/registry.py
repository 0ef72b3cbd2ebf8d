"""All checks, in the order in which they are listed."""

from __future__ import annotations

from kgraph.audit import (
    articles,
    balance,
    brackets,
    change,
    contents,
    deadline,
    doubled,
    empty_plans,
    exception,
    fixed_terms,
    force,
    granularity,
    growth,
    parts,
    places,
    promises,
    rate,
    repeats,
    reuse,
    shortcomings,
    templates,
    titles,
    twice,
    years,
)
from kgraph.audit.model import Check

CHECKS: tuple[Check, ...] = (
    parts.CHECK,
    balance.CHECK,
    rate.CHECK,
    granularity.CHECK,
    change.CHECK,
    twice.CHECK,
    growth.CHECK,
    exception.CHECK,
    force.REPEALED,
    force.EXPIRED,
    force.NOT_YET,
    titles.CHECK,
    articles.CHECK,
    brackets.CHECK,
    repeats.CHECK,
    reuse.ACROSS,
    reuse.LAST_YEAR,
    places.CHECK,
    places.RULES,
    contents.CHECK,
    deadline.CHECK,
    years.CHECK,
    promises.CHECK,
    shortcomings.CHECK,
    empty_plans.CHECK,
    fixed_terms.CHECK,
    doubled.CHECK,
    templates.CHECK,
)


def by_id() -> dict[str, Check]:
    """The checks by their ids.

    >>> by_id()["arithmetic-rate"].family
    'arithmetic'
    """
    return {check.id: check for check in CHECKS}
