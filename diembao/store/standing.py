"""Which issued statement of a case stands, as a query: the rule of `diembao.core.statement.standing`."""

from __future__ import annotations

from sqlalchemy import CTE, ColumnElement, Subquery, and_, exists, func, select

from diembao.store.desk_tables import case_issues


def latest() -> Subquery:
    """The newest issue of each case: ``case``, ``number``, ``version``."""
    number, version = (func.max(case_issues.c[name]).label(name) for name in ("number", "version"))
    return select(case_issues.c.case, number, version).group_by(case_issues.c.case).subquery()


def named(case: ColumnElement[str], number: ColumnElement[int]) -> ColumnElement[bool]:
    """The newest issue of this case was retracted in favour of this one, or of one that was so in turn."""
    chain = _chain()
    return exists().where(chain.c.case == case, chain.c.number == number)


def fallen(case: ColumnElement[str]) -> ColumnElement[bool]:
    """Nothing of what this case issued stands."""
    issue, chain, last = case_issues.alias(), _chain(), latest()
    instead = case_issues.alias()
    holds = exists().where(
        chain.c.case == issue.c.case,
        instead.c.case == chain.c.case,
        instead.c.number == chain.c.number,
        instead.c.retracted_at.is_(None),
    )
    cases = (
        select(issue.c.case)
        .join(last, and_(last.c.case == issue.c.case, last.c.number == issue.c.number))
        .where(issue.c.retracted_at.is_not(None), ~holds)
    )
    return case.in_(cases)


def first_standing(case: ColumnElement[str], number: ColumnElement[int]) -> ColumnElement[bool]:
    """It is the first issue of this case that was not retracted, where any stands."""
    issue = case_issues.alias()
    first = select(func.min(issue.c.number)).where(issue.c.case == case, issue.c.retracted_at.is_(None))
    return and_(number == first.scalar_subquery(), ~fallen(case))


def _chain() -> CTE:
    """What was named in place of the newest issue of a case, what in place of that, and so on: few rows."""
    issue, last = case_issues.alias(), latest()
    begun = (
        select(issue.c.case, issue.c.successor.label("number"))
        .join(last, and_(last.c.case == issue.c.case, last.c.number == issue.c.number))
        .where(issue.c.successor.is_not(None))
        .cte(recursive=True)
    )
    further = case_issues.alias()
    return begun.union(
        select(further.c.case, further.c.successor)
        .join(begun, and_(begun.c.case == further.c.case, begun.c.number == further.c.number))
        .where(further.c.successor.is_not(None))
    )
