"""Enforcement: makes reports into cases, and keeps each case's record until it is closed.

Hears  intake.report_submitted, net_content.lot_failed
Says   enforcement.case_opened, enforcement.report_linked, enforcement.level_raised,
       enforcement.case_filed, enforcement.case_not_filed, enforcement.penalty_decided,
       enforcement.no_penalty_decided, enforcement.case_handed_over,
       enforcement.case_referred, enforcement.case_resumed, enforcement.case_moved,
       enforcement.decision_published, enforcement.case_closed, enforcement.reporter_read
Does   enforcement.take_step (for workflows)
Owns   cases, reports, evidence, custody, documents, serials, decisions, reporters, files
"""
