"""Coordination: leads fast responses, and lists every escalation up the line of command.

Hears  procedure.clock_breached, procedure.escalation_raised, procedure.escalation_answered,
       procedure.escalation_ended
Says   coordination.response_mobilised, coordination.team_on_site, coordination.site_secured,
       coordination.reported_up, coordination.response_stood_down
Does   coordination.take_step (for workflows)
Owns   responses, reports_up, secured_items, escalations, escalation_entries, missed_clocks
"""
