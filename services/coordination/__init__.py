"""Coordination: leads fast responses, joins agencies in one matter, lists every escalation.

Hears  procedure.clock_breached, procedure.escalation_raised, procedure.escalation_answered,
       procedure.escalation_ended, intake.matter_submitted, intake.answer_submitted
Says   coordination.response_mobilised, coordination.team_on_site, coordination.site_secured,
       coordination.reported_up, coordination.response_stood_down, coordination.matter_opened,
       coordination.agency_invited, coordination.invitation_answered,
       coordination.lead_handed_over, coordination.operation_concluded,
       coordination.criminal_handoff_started, coordination.crime_transferred,
       coordination.transfer_received, coordination.papers_found_missing,
       coordination.papers_supplemented, coordination.transfer_forwarded,
       coordination.filing_refused, coordination.reconsideration_asked,
       coordination.filing_supervision_asked, coordination.crime_accepted,
       coordination.crime_declined, coordination.goods_handed_over, coordination.crime_judged,
       coordination.crime_returned, coordination.jurisdiction_fixed,
       coordination.assistance_requested, coordination.assistance_delayed,
       coordination.assistance_answered, coordination.supervision_issued,
       coordination.supervision_answered
Does   coordination.take_step (for workflows)
Owns   responses, reports_up, secured_items, escalations, escalation_entries, missed_clocks,
       matters, matter_access, papers
"""
