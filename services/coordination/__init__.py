"""Coordination: leads fast responses, joins agencies in one matter, lists every escalation.

Hears  procedure.clock_breached, procedure.escalation_raised, procedure.escalation_answered,
       procedure.escalation_ended, intake.matter_submitted, intake.answer_submitted
Says   coordination.response_mobilised, coordination.team_on_site, coordination.site_secured,
       coordination.reported_up, coordination.response_stood_down, coordination.matter_opened,
       coordination.agency_invited, coordination.invitation_answered,
       coordination.lead_handed_over, coordination.operation_concluded
Does   coordination.take_step (for workflows)
Owns   responses, reports_up, secured_items, escalations, escalation_entries, missed_clocks,
       matters, matter_access, papers
"""
