import { run } from "#db/named.ts";
import { readRequestWords } from "#lib/account/read-request-words.ts";
import type { Context } from "#lib/kernel/context.ts";

export type AccessRequest = {
  id: string;
  relyingPartyId: string;
  /** The system's name as it is now. */
  system: string;
  state: "open" | "granted" | "refused" | "withdrawn";
  requestedAt: Date;
  /** When it was decided, or taken back. */
  decidedAt: Date | null;
  /** What for, in the person's own words. */
  note: string | null;
  /** Why not, as whoever refused it wrote to them. */
  refusal: string | null;
};

type Row = Omit<AccessRequest, "note" | "refusal"> & { noteSealed: string | null; refusalSealed: string | null };

const columns = `r.id, r.relying_party_id as "relyingPartyId", p.name as "system", r.state, r.requested_at as "requestedAt",
  r.decided_at as "decidedAt", r.note_sealed as "noteSealed", r.refusal_sealed as "refusalSealed"
  from access_request r join relying_party p on p.id = r.relying_party_id`;

/** Of each system the latest only: what was decided before is history, and stands in the activity. */
const listStatement = {
  name: "access_requests_of_account",
  text: `select * from (
      select distinct on (r.relying_party_id) ${columns} where r.account_id = $1 order by r.relying_party_id, r.requested_at desc, r.id desc
    ) latest order by "requestedAt" desc, id desc limit 100`,
};

/** What somebody has asked their office for: of each system the latest request, newest first; at most 100. */
export async function listAccessRequests(
  ctx: Pick<Context, "db" | "keys">,
  accountId: string,
): Promise<AccessRequest[]> {
  const rows = await run<Row>(ctx.db, listStatement, [accountId]);
  return rows.map((row) => requestOf(ctx, row));
}

const latestStatement = {
  name: "access_request_latest",
  text: `select ${columns} where r.account_id = $1 and r.relying_party_id = $2 order by r.requested_at desc, r.id desc limit 1`,
};

/** What somebody last asked for one system; null where they never did. */
export async function latestAccessRequest(
  ctx: Pick<Context, "db" | "keys">,
  accountId: string,
  relyingPartyId: string,
): Promise<AccessRequest | null> {
  const [row] = await run<Row>(ctx.db, latestStatement, [accountId, relyingPartyId]);
  return row ? requestOf(ctx, row) : null;
}

function requestOf(ctx: Pick<Context, "keys">, { noteSealed, refusalSealed, ...row }: Row): AccessRequest {
  return { ...row, ...readRequestWords(ctx, { id: row.id, noteSealed, refusalSealed }) };
}
