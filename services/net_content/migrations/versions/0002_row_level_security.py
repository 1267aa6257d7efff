from alembic import op

from services.kit.rights.walls import (
    ANYONE,
    NAMED,
    answer_v1,
    kit_walls_v1,
    of_agency,
    wall_v1,
    where_seen,
)

revision = "0002"
down_revision = "0001"

UNIT = "net_content"
_OWN = of_agency("agency")
_REGISTER = f"(SELECT {ANYONE})"  # to whoever holds a role anywhere; asked once a statement
_OF_CAMPAIGN = where_seen("campaign c", "c.id = campaign_id")


def _lines(check: str) -> str:
    """Someone seen for is on a line of this check's procedure."""
    return where_seen("procedure p", f"p.case_id = {check} AND p.name = 'net_content_check'")


def upgrade() -> None:
    kit_walls_v1(op, UNIT)
    for table in ("subject", "product", "laboratory", "instrument", "verification"):
        added = _OWN if table == "subject" else _REGISTER
        wall_v1(op, UNIT, table, seen=_REGISTER, added=added, changed=_REGISTER)
    wall_v1(op, UNIT, "campaign", seen=_OWN, added=_OWN, changed=_OWN)
    wall_v1(op, UNIT, "candidate", seen=_OF_CAMPAIGN, added=_OF_CAMPAIGN)
    _checks()
    # a product that passed is left off anyone's list, whichever agency's check it passed
    answer_v1(
        op,
        UNIT,
        "last_passed(products uuid[])",
        "TABLE (product_id uuid, day date)",
        """
        SELECT product_id, max(passed_on) FROM lot_check
        WHERE product_id = ANY (products) AND passed_on IS NOT NULL AND drill_shift_s = 0
        GROUP BY product_id
        """,
    )


def _checks() -> None:
    """A draw and its pass rates tell of every check drawn; samples and findings do not follow."""
    # in this order: campaigns are few and read once, lines are looked up for each row left over
    seen = f"{_OWN} OR campaign_id IN (SELECT id FROM campaign) OR {_lines('lot_check.id')}"
    wall_v1(op, UNIT, "lot_check", seen=seen, added=_OWN, changed=_OWN)
    own = where_seen("lot_check c", f"c.id = check_id AND c.agency IN (SELECT unnest({NAMED}))")
    of_check = f"{own} OR {_lines('check_id')}"
    wall_v1(op, UNIT, "sampling", seen=of_check)
    wall_v1(op, UNIT, "finding", seen=of_check, added=of_check)
