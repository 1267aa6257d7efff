"""Net content: draws who is checked, judges what laboratories measured, and keeps each check.

Hears  intake.measurements_submitted
Says   net_content.campaign_opened, net_content.campaign_drawn, net_content.check_drawn,
       net_content.finding_made, net_content.retest_finding_made,
       net_content.recheck_finding_made, net_content.lot_failed, net_content.finding_overturned,
       net_content.result_published, net_content.check_closed
Does   net_content.take_step (for workflows)
Owns   subjects, products, laboratories, laboratory_instruments, verifications, campaigns,
       candidates, checks, samplings, findings
"""
