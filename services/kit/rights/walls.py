"""Row-level security as released revisions put it up: one call a table, in a migration.

    wall_v1(op, "net_content", "campaign", seen=of_agency("agency"))

From then on the API's role sees the rows for which `seen` holds, by the agencies that
`services.kit.rights.visibility` named for its transaction, and changes none but those that `added`
and `changed` allow. The owner, whose migrations must see everything, and the worker have a policy
of their own. Nothing here changes once it is released: another wall is another function.
"""

from services.kit.storage.database import role
from services.kit.storage.migrations import Operations

_SIGHT = "current_setting('steelyard.sight', true)"
ALL_SEEN = f"(SELECT {_SIGHT} = '*')"
NAMED = f"CAST((SELECT string_to_array({_SIGHT}, ',')) AS text[])"
"""The agencies seen for, read once a statement. Read again for each row, the three hundred of a
province made a list of 50 out of 100 000 take seconds. What leads the planner to a list's index is
the query's own filter, with the agencies bound.
"""
ANYONE = f"{_SIGHT} <> ''"
"""For a row that is to be added by whoever the route lets in."""


def of_agency(column: str) -> str:
    """The row is of one agency."""
    return f"({ALL_SEEN} OR {column} IN (SELECT unnest({NAMED})))"


def of_any(column: str) -> str:
    """The row is of every agency in an array."""
    return f"({ALL_SEEN} OR {column} && {NAMED})"


def where_seen(tables: str, condition: str) -> str:
    """The row belongs to one of another table, whose own wall says who sees that.

    Compare columns as they are: under a wall a cast or a concatenation cannot use an index. A
    value is asked for, not EXISTS, for which the planner would read all of the other table.
    """
    return f"({ALL_SEEN} OR (SELECT true FROM {tables} WHERE {condition} LIMIT 1))"


def wall_v1(
    op: Operations,
    unit: str,
    table: str,
    *,
    seen: str | None = None,
    added: str | None = None,
    changed: str | None = None,
) -> None:
    """What is not given, the API's role may not do."""
    app, ours = role(unit, "app"), f"{role(unit, 'owner')}, {role(unit, 'worker')}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY ours ON {table} TO {ours} USING (true) WITH CHECK (true)")
    if seen is not None:
        op.execute(f"CREATE POLICY seen ON {table} FOR SELECT TO {app} USING ({seen})")
    if added is not None:
        op.execute(f"CREATE POLICY added ON {table} FOR INSERT TO {app} WITH CHECK ({added})")
    if changed is not None:
        op.execute(f"CREATE POLICY changed ON {table} FOR UPDATE TO {app} USING ({changed})")


def kit_walls_v1(
    op: Operations,
    unit: str,
    *,
    procedure: str = of_any("agencies"),
    step_log: str = where_seen("procedure p", "p.id = procedure_id"),
    outbox: str | None = None,
) -> None:
    """The walls of the kit's own tables; a service whose procedures are shared says how."""
    wall_v1(op, unit, "procedure", seen=procedure)
    wall_v1(op, unit, "step_log", seen=f"({of_agency('agency')} OR {step_log})")
    wall_v1(op, unit, "outbox", seen=outbox, added="published_at IS NULL")
    sender = of_agency("substr(source, 11)")  # behind `/agencies/`
    for table in ("held", "set_aside"):
        wall_v1(op, unit, table, seen=f"starts_with(source, '/agencies/') AND {sender}")
    for table in ("inbox", "held_action"):
        wall_v1(op, unit, table)


def answer_v1(op: Operations, unit: str, signature: str, returns: str, body: str) -> None:
    """A question the API's role may ask behind the walls, answered by the owner.

    For what no policy can ask: of itself, or by an index whose operator may not be used under a
    wall. The answer must tell nothing that the wall is there to hide.
    """
    op.execute(
        f"""
        CREATE FUNCTION {signature} RETURNS {returns}
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {unit}, pg_temp AS $${body}$$
        """
    )
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    who = f"{role(unit, 'app')}, {role(unit, 'worker')}"
    op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {who}")
