from alembic import op

from services.kit.rights.walls import (
    ANYONE,
    answer_v1,
    kit_walls_v1,
    of_agency,
    of_any,
    wall_v1,
    where_seen,
)

revision = "0004"
down_revision = "0003"

UNIT = "coordination"
SHARED_STEPS = (
    "attach_decision",
    "cancel",
    "conclude",
    "hand_over_goods",
    "hand_over_lead",
    "hand_over_papers",
    "leave_lead",
    "note_hand_over",
    "open",
    "record_joint_inspection",
    "share_evidence",
    "state_reasons",
    "supplement_papers",
    "take_back_lead",
)
_AN_ID = "'^[0-9a-f]{8}-[0-9a-f-]{27}$'"


def _has_access(matter: str, condition: str = "true") -> str:
    """Someone seen for has access to this matter, of a kind that shows the row."""
    return where_seen("matter_access a", f"a.matter_id = {matter} AND ({condition})")


def upgrade() -> None:
    _lines_with_their_escalations()
    _matters()
    _kit()
    _responses()
    _escalations()


def _lines_with_their_escalations() -> None:
    """An escalation is answered on a line of its own, which belongs to whose clock was missed."""
    op.execute(
        """
        UPDATE matter_access a SET lines = a.lines || own.keys
        FROM (
            SELECT s.agency, s.matter_id, array_agg(e ->> 'key') AS keys
            FROM matter_access s
            JOIN procedure p ON p.case_id = s.matter_id AND p.name <> 'fast_response'
            CROSS JOIN jsonb_array_elements(p.state -> 'escalations') AS e
            WHERE e ->> 'line' = ANY (s.lines) AND NOT e ->> 'key' = ANY (s.lines)
            GROUP BY s.agency, s.matter_id
        ) AS own
        WHERE a.agency = own.agency AND a.matter_id = own.matter_id
        """
    )


def _matters() -> None:
    own = of_agency("agency")
    wall_v1(op, UNIT, "matter_access", seen=own, added=own)
    wall_v1(op, UNIT, "matter", seen=_has_access("matter.id"), added=ANYONE)
    shown = """
        a.whole OR (a.shared AND paper.audience = 'shared')
        OR (paper.audience <> 'lead' AND paper.line = ANY (a.lines))
    """
    wall_v1(op, UNIT, "paper", seen=_has_access("paper.matter_id", shown))


def _kit() -> None:
    steps = ", ".join(f"'{step}'" for step in SHARED_STEPS)
    of_matter = where_seen(
        "procedure p JOIN matter_access a ON a.matter_id = p.case_id",
        f"""
            p.id = step_log.procedure_id AND (
                a.whole OR (a.shared AND step_log.step IN ({steps}))
                OR step_log.line = ANY (a.lines)
            )
        """,
    )
    answer_v1(
        op,
        UNIT,
        "with_access(matter text)",
        "text[]",
        f"""
        SELECT array_agg(a.agency) FROM matter_access a
        WHERE a.matter_id = CASE WHEN matter ~ {_AN_ID} THEN CAST(matter AS uuid) END
        """,
    )
    kit_walls_v1(
        op,
        UNIT,
        procedure=f"""
            CASE WHEN name = 'fast_response' THEN {of_any("agencies")}
                 ELSE {_has_access("procedure.case_id")} END
        """,
        step_log=f"""
            CASE WHEN procedure_id LIKE 'fast_response/%'
                 THEN {where_seen("procedure p", "p.id = step_log.procedure_id")}
                 ELSE {of_matter} END
        """,
        outbox=f"published_at IS NOT NULL AND {of_any('with_access(subject)')}",
    )
    # where a stretch of the stream ends, whoever its events are for
    answer_v1(
        op,
        UNIT,
        "stretch_of_stream(after timestamptz, beyond bigint, most integer)",
        "TABLE (published_at timestamptz, id bigint)",
        """
        SELECT s.published_at, s.id FROM (
            SELECT o.published_at, o.id FROM outbox o
            WHERE o.published_at IS NOT NULL AND (o.published_at, o.id) > (after, beyond)
            ORDER BY o.published_at, o.id LIMIT most
        ) AS s ORDER BY s.published_at DESC, s.id DESC LIMIT 1
        """,
    )


def _responses() -> None:
    lines = where_seen("procedure p", "p.case_id = response.case_id AND p.name = 'fast_response'")
    wall_v1(op, UNIT, "response", seen=f"{of_agency('agency')} OR {lines}")
    for table in ("report_up", "secured_item"):
        wall_v1(op, UNIT, table, seen=where_seen("response r", f"r.case_id = {table}.case_id"))


def _escalations() -> None:
    # its entries say who was called, and are seen where it is: no policy may ask both ways
    answer_v1(
        op,
        UNIT,
        "called_in(escalation text)",
        "text[]",
        "SELECT array_agg(DISTINCT agency) FROM escalation_entry WHERE escalation_id = escalation",
    )
    of_response = where_seen(
        "procedure p", "p.case_id = escalation.case_id AND p.name = 'fast_response'"
    )
    # a matter may have the id of its case, which has escalations of its own
    shown = """
        m.id = escalation.case_id AND m.procedure = escalation.procedure
        AND (a.whole OR escalation.key = ANY (a.lines))
    """
    of_matter = where_seen("matter m JOIN matter_access a ON a.matter_id = m.id", shown)
    seen = f"""
        {of_any("called_in(escalation.id)")}
        OR CASE WHEN procedure = 'fast_response' THEN {of_response} ELSE {of_matter} END
    """
    wall_v1(op, UNIT, "escalation", seen=seen)
    whole = where_seen("escalation e", "e.id = escalation_entry.escalation_id")
    wall_v1(op, UNIT, "escalation_entry", seen=f"{of_agency('agency')} OR {whole}")
    of_it = """
        e.case_id = missed_clock.case_id AND e.procedure = missed_clock.procedure
        AND e.line = missed_clock.line AND e.clock = missed_clock.clock
    """
    wall_v1(op, UNIT, "missed_clock", seen=where_seen("escalation e", of_it))
