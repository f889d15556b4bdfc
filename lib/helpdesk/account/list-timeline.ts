import { run } from "#db/named.ts";
import type { Activity, Who } from "#lib/account/activity/list-activity.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { unsealReason } from "../reason.ts";

/**
 * What happened to an account, as an officer sees it. `by`: the name of the officer who did it. `because`: their reason, in
 * their own words.
 */
export type TimelineLine = Activity & { by: string | null; because: string | null };

/** As many as stand beside the rest of the account on a screen. */
export const TIMELINE_PAGE = 15;

type Row = {
  id: string;
  at: Date;
  accountId: string;
  type: string;
  data: Record<string, unknown>;
  refused: boolean;
  who: Who;
  device: string | null;
  letterTo: string | null;
  change: string | null;
  by: string | null;
  actionId: string | null;
  reasonSealed: string | null;
};

// What the hand-over of a letter says already is not said again of the link in it.
const TWICE = ["activation_link", "email_code", "password_reset", "recovery", "mailbox_change"]
  .map((about) => `'${about}.handed_over'`)
  .join(", ");

// The largest bigint: a first page is one before everything, so that every page is read along the index.
const BEYOND = `'9223372036854775807'::bigint`;

const listStatement = {
  name: "helpdesk_timeline",
  text: `select e.id::text, e.at, e.account_id as "accountId", e.type, e.data, e.outcome = 'refused' as refused,
      case when e.actor_kind = 'operator' then 'officer' when e.actor_kind <> 'account' then e.actor_kind
        when e.actor_id = e.account_id then 'owner' when e.type = 'mailbox_change.refused' then 'somebody' else 'officer' end as who,
      e.device, l.to as "letterTo", l.about ->> 'change' as change,
      case when e.actor_kind = 'account' and e.actor_id <> e.account_id and e.type <> 'mailbox_change.refused' then o.full_name end as by,
      x.id as "actionId", x.reason_sealed as "reasonSealed"
    from audit_event e
      left join account o on o.id = e.actor_id
      left join letter l on l.id = case when e.type like 'letter.%' then (e.data ->> 'letterId')::uuid end
      left join officer_action x on x.id = case when jsonb_exists(e.data, 'actionId') then (e.data ->> 'actionId')::uuid end
    where e.account_id = $1 and e.id < coalesce($2::bigint, ${BEYOND}) and e.type not in (${TWICE})
    order by e.id desc limit $3`,
};

/**
 * The timeline of an account, newest first, `TIMELINE_PAGE` at a time in one statement along its index. `before`: the id of the last
 * line of the page before. The caller has read the account for its officer already. `more`: there are older ones.
 */
export async function listTimeline(
  ctx: Context,
  accountId: string,
  before: number | null = null,
): Promise<{ lines: TimelineLine[]; more: boolean }> {
  const rows = await run<Row>(ctx.db, listStatement, [accountId, before, TIMELINE_PAGE + 1]);
  return {
    lines: rows.slice(0, TIMELINE_PAGE).map((row) => lineOf(ctx, row)),
    more: rows.length > TIMELINE_PAGE,
  };
}

function lineOf(ctx: Context, { id, at, accountId, type, data, refused, who, device, ...row }: Row): TimelineLine {
  const seen = (who === "owner" || who === "nobody") && device;
  return {
    id: Number(id),
    at,
    // Written by `record` from such a value.
    event: { type, accountId, ...data } as AuditEvent,
    refused,
    who,
    place: seen ? { device, browser: null, otherNetwork: null } : null,
    letter: row.letterTo === null ? null : { to: row.letterTo, change: row.change },
    by: row.by,
    because: row.reasonSealed && row.actionId ? unsealReason(ctx, row.reasonSealed, row.actionId) : null,
  };
}
