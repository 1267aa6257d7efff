"""What was taken or told long ago is forgotten; what is still owed never is."""

from sqlalchemy import text

from services.kit.storage.database import Sessions
from services.kit.storage.retention import TAKEN_FOR, TOLD_FOR, forget

INBOX = """
    INSERT INTO inbox (source, id, digest, received_at)
    SELECT 's', n::text, 'd', now() - n * interval '1 day' FROM generate_series(1, 200) AS n
"""
OUTBOX = """
    INSERT INTO outbox (event_id, topic, subject, type, time, data, created_at, published_at)
    SELECT gen_random_uuid(), 't', 's', 'y', now(), 'd', now() - n * interval '1 day',
           CASE WHEN n % 2 = 0 THEN now() - n * interval '1 day' END
    FROM generate_series(1, 200) AS n
"""


async def test_only_what_is_old_and_settled_is_forgotten(toy_sessions: Sessions) -> None:
    async with toy_sessions() as session, session.begin():
        for statement in (INBOX, OUTBOX):
            await session.execute(text(statement))

    removed = await forget(toy_sessions)

    async with toy_sessions() as session:
        counted = "SELECT (SELECT count(*) FROM inbox), (SELECT count(*) FROM outbox)"
        taken, told = (await session.execute(text(counted))).one()
    assert taken == TAKEN_FOR.days - 1  # the row of exactly that age has just passed it
    assert told == 100 + TOLD_FOR.days // 2 - 1  # every unpublished one, and the younger half
    assert removed == 400 - taken - told
    assert await forget(toy_sessions) == 0
