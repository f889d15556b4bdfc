import { run } from "#db/named.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { sameNetwork } from "#lib/kernel/same-network.ts";
import { eventsAbout, type Topic, topics } from "./topics.ts";

/** What of their activity a person looks at: all of it, one topic, or what was refused. */
export const shows = ["all", ...topics, "refused"] as const;
export type Show = "all" | Topic | "refused";

/**
 * Who did it. `owner`: somebody signed in to the account. `officer`: somebody of the agency. `nobody`: without signing
 * in. `system`: the portal by itself. `somebody`: another person, who asked for what is this one's.
 */
export type Who = "owner" | "officer" | "nobody" | "system" | "somebody";

/**
 * Where it was done from, by the owner or by nobody who signed in. Nothing is told of where an officer or somebody else
 * was.
 */
export type Place = {
  /** "Chrome pada Windows". */
  device: string;
  /**
   * Of a session: `here` the browser that asks, `known` one the owner has signed in from, `other` one that is forgotten
   * or never was known. Null where nobody was signed in, or the session is too long ago.
   */
  browser: "here" | "known" | "other" | null;
  /** The client's address where it is not of the network the owner is on now; null where it is, or none is known. */
  otherNetwork: string | null;
};

/** One line of the activity. `letter`: where a letter went, and what a notice told of. */
export type Activity = {
  id: number;
  at: Date;
  event: AuditEvent;
  refused: boolean;
  who: Who;
  place: Place | null;
  letter: { to: string; change: string | null } | null;
};

/** As many as fill a page without tiring a reader, and a phone. */
export const ACTIVITY_PAGE = 40;

type Row = Record<"type" | "accountId" | "who" | "ip" | "device", string> & {
  id: string;
  at: Date;
  data: Record<string, unknown>;
  refused: boolean;
  browser: Place["browser"];
  letterTo: string | null;
  change: string | null;
};

// Asking to move to an address leaves the same lines whether or not somebody else has it, as the screen says the same:
// what became of the letter there would tell.
const told = `e.type <> 'mailbox_change.handed_over' and not (e.type like 'letter.%' and e.data ->> 'kind' = 'mailbox_proof')`;

// The largest bigint: a first page is one before everything, so that every page is read along the index.
const BEYOND = `'9223372036854775807'::bigint`;

const columns = `e.id::text, e.at, e.account_id as "accountId",
  e.type, e.data, e.outcome = 'refused' as refused,
  case when e.actor_kind = 'operator' then 'officer' when e.actor_kind <> 'account' then e.actor_kind
    when e.actor_id = e.account_id then 'owner' when e.type = 'mailbox_change.refused' then 'somebody' else 'officer' end as who,
  coalesce(e.ip, '') as ip, coalesce(e.device, '') as device,
  case when s.id is null then null when d.token_digest = $2 then 'here' when d.signed_in_at is not null then 'known' else 'other' end as browser,
  l.to as "letterTo", l.about ->> 'change' as change`;

const joined = `audit_event e
  left join session s on s.id = e.session_id and s.account_id = e.account_id
  left join device d on d.id = s.device_id
  left join letter l on l.id = case when e.type like 'letter.%' then (e.data ->> 'letterId')::uuid end`;

const listStatement = {
  name: "activity_list",
  text: `select ${columns} from ${joined}
    where e.account_id = $1 and ${told} and e.id < coalesce($3::bigint, ${BEYOND})
      and ($4::jsonb is null or $4 @> to_jsonb(e.type)) and (not $5::boolean or e.outcome = 'refused')
    order by e.id desc limit $6`,
};

const findStatement = {
  name: "activity_find",
  text: `select ${columns} from ${joined} where e.account_id = $1 and ${told} and e.id = $3`,
};

function activityOf(ctx: Context, { type, accountId, data, ...row }: Row): Activity {
  return {
    id: Number(row.id),
    at: row.at,
    // Written by `record` from such a value.
    event: { type, accountId, ...data } as AuditEvent,
    refused: row.refused,
    who: row.who as Who,
    place:
      (row.who !== "owner" && row.who !== "nobody") || row.device === ""
        ? null
        : {
            device: row.device,
            browser: row.browser,
            otherNetwork: row.ip === "" || sameNetwork(row.ip, ctx.request.ip) ? null : row.ip,
          },
    letter: row.letterTo === null ? null : { to: row.letterTo, change: row.change },
  };
}

const askingBrowser = ({ request: { deviceToken } }: Context) => (deviceToken === null ? null : digest(deviceToken));

/**
 * What happened to the signed-in person's account, newest first, `ACTIVITY_PAGE` at a time in one query along the
 * index. `before`: the id of the last line of the page before. `more`: there are older ones. Nobody's for anybody else.
 */
export async function listActivity(
  ctx: Context,
  { show = "all", before = null }: { show?: Show; before?: number | null } = {},
): Promise<{ lines: Activity[]; more: boolean }> {
  if (ctx.actor.kind !== "account") return { lines: [], more: false };
  const about = show === "all" || show === "refused" ? null : JSON.stringify(eventsAbout(show));
  const rows = await run<Row>(ctx.db, listStatement, [
    ctx.actor.accountId,
    askingBrowser(ctx),
    before,
    about,
    show === "refused",
    ACTIVITY_PAGE + 1,
  ]);
  const lines = rows.slice(0, ACTIVITY_PAGE).map((row) => activityOf(ctx, row));
  return { lines, more: rows.length > ACTIVITY_PAGE };
}

/** One line of one's own activity; null where it is somebody else's, or there is none. */
export async function findActivity(ctx: Context, id: number): Promise<Activity | null> {
  if (ctx.actor.kind !== "account") return null;
  const [row] = await run<Row>(ctx.db, findStatement, [ctx.actor.accountId, askingBrowser(ctx), id]);
  return row ? activityOf(ctx, row) : null;
}
