import { sql } from "kysely";
import type { StoryEntry } from "../../../../shared/decisions.ts";
import type { Db } from "../../../kernel/db.ts";

export interface StoryLead {
  id: number;
  name: string;
  list: string;
  phones: string[];
}

export async function findStoryLead(db: Db, id: number): Promise<StoryLead | undefined> {
  const { rows } = await sql<StoryLead>`
    select l.id, l.name, coalesce(n.name, '') as list, array_prepend(l.phone, l.more_phones) as phones
    from leads l left join lists n on n.id = l.list_id where l.id = ${id}`.execute(db);
  return rows[0];
}

type StoryRow = Omit<StoryEntry, "at"> & { at: Date };

/**
 * What was done towards the person with these numbers, oldest first: the lead's history, every call to any of the
 * numbers with its decision, consents, do-not-call entries. At most 5,000 entries.
 */
export async function storyOf(db: Db, { id, phones }: StoryLead): Promise<StoryRow[]> {
  const { rows } = await sql<StoryRow>`
    select at, kind, what, phone, campaign, by, "callId", detail from (
      select l.created_at as at, 'imported' as kind, coalesce(i.file_name, '') as what, l.phone, null as campaign,
        u.name as by, null as "callId", '{}'::jsonb as detail, 0 as n
      from leads l left join imports i on i.id = l.import_id left join users u on u.id = i.created_by
      where l.id = ${id}
      union all
      select e.at, 'lead', e.type, null, null, u.name, null, e.data, 1
      from lead_events e left join users u on u.id = e.by_user_id where e.lead_id = ${id}
      union all
      select d.at, 'decision', case when d.allowed then 'allowed' else 'refused' end, c.phone, m.name, u.name, c.id,
        jsonb_build_object('rulesVersion', d.rules_version, 'origin', c.origin, 'reasons', d.reasons), 2
      from calls c join decisions d on d.call_id = c.id left join campaigns m on m.id = c.campaign_id
        left join users u on u.id = c.agent_user_id
      where c.phone = any(${phones}::text[]) and c.direction = 'outbound'
      union all
      select coalesce(c.ended_at, c.planned_at), 'call', coalesce(c.outcome, c.state), c.phone, m.name, u.name, c.id,
        jsonb_strip_nulls(jsonb_build_object('direction', c.direction, 'answeredAt', c.answered_at, 'endedAt',
          c.ended_at, 'disposition', s.label, 'abandoned', nullif(c.abandoned, false))), 3
      from calls c left join campaigns m on m.id = c.campaign_id left join users u on u.id = c.agent_user_id
        left join dispositions s on s.id = c.disposition_id
      where c.phone = any(${phones}::text[])
      union all
      select k.given_at, 'consent', k.source, k.phone, null, u.name, k.recording_call_id,
        jsonb_strip_nulls(jsonb_build_object('form', k.form, 'proof', k.proof, 'expiresAt', k.expires_at)), 4
      from consents k left join users u on u.id = k.created_by where k.phone = any(${phones}::text[])
      union all
      select k.withdrawn_at, 'withdrawal', coalesce(k.withdrawn_reason, ''), k.phone, null, u.name, null, '{}', 5
      from consents k left join users u on u.id = k.withdrawn_by
      where k.phone = any(${phones}::text[]) and k.withdrawn_at is not null
      union all
      select x.created_at, 'do-not-call', x.source, x.phone, m.name, u.name, null,
        jsonb_strip_nulls(jsonb_build_object('reason', nullif(x.reason, ''), 'expiresAt', x.expires_at)), 6
      from do_not_call x left join campaigns m on m.id = x.campaign_id left join users u on u.id = x.created_by
      where x.phone = any(${phones}::text[])
    ) as story order by at, n limit 5000`.execute(db);
  return rows;
}
