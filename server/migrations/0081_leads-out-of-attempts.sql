-- Leads that were tried as often as any campaign of their list allows, because a limit was lowered or another campaign
-- tried them: they leave the queue, where each claim would walk past them, and come back when a limit is raised.
create index lead_queue_tried on lead_queue (list_id, attempts) where attempts > 0;
create index leads_out_of_attempts on leads (list_id, attempts) where status_reason = 'attempt-limit';
