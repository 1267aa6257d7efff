from alembic import op

from services.kit.rights.walls import NAMED, answer_v1, kit_walls_v1, of_agency, wall_v1, where_seen

revision = "0002"
down_revision = "0001"

UNIT = "enforcement"
_OF_CASE = where_seen("enforcement_case c", "c.id = case_id")
_HELD_BY_A_CASE = where_seen("enforcement_case c", "c.id IN (SELECT cases_with_file(file.sha256))")
# of this agency's own case, for no evaluator: never across agencies
_REPORTED_TO_US = f"""EXISTS (
    SELECT 1 FROM report r JOIN enforcement_case c ON c.id = r.case_id
    WHERE r.reporter = reporter.reference AND c.agency = ANY ({NAMED})
)"""


def upgrade() -> None:
    kit_walls_v1(op, UNIT)
    # an index on an array cannot be used under a wall
    answer_v1(
        op,
        UNIT,
        "cases_with_file(wanted text)",
        "SETOF uuid",
        """
        SELECT case_id FROM evidence WHERE sha256 = wanted
        UNION
        SELECT case_id FROM report WHERE cardinality(files) > 0 AND files @> ARRAY[wanted]
        """,
    )
    lines = where_seen(
        "procedure p", "p.case_id = enforcement_case.id AND p.name = 'enforcement_case'"
    )
    wall_v1(op, UNIT, "enforcement_case", seen=f"{of_agency('agency')} OR {lines}")
    for table in ("report", "evidence", "document", "decision"):
        wall_v1(op, UNIT, table, seen=_OF_CASE)
    wall_v1(op, UNIT, "custody", seen=where_seen("evidence e", "e.id = evidence_id"))
    wall_v1(op, UNIT, "serial")
    wall_v1(op, UNIT, "reporter", seen=_REPORTED_TO_US, added=of_agency("agency"))
    own = of_agency("agency")
    wall_v1(op, UNIT, "file", seen=f"{own} OR {_HELD_BY_A_CASE}", added=own)
