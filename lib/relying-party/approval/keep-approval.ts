import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { digestOf } from "./content/canonical-json.ts";
import type { Detail } from "./content/read-detail.ts";
import { contentOf, sealOf } from "./content/seal-approval.ts";

/** How long a request is open whose system sets no end. */
const OPEN_FOR = minutes(30);

/** Refused in the words that a system's engineers read. */
export type KeepRefusal = "role is not one of this system" | "identifier was used for other content" | Over;
type Over = "identifier is decided already" | "identifier has expired";

type Kept = { id: string; digest: string; state: string; isOver: boolean; isNew: boolean };

// Of two at once the second waits for the first one's row, and then reads it.
const keepStatement = {
  name: "transaction_approval_keep",
  text: `insert into transaction_approval (id, relying_party_id, identifier, content_sealed, digest, role, state, requested_at, expires_at)
    select $1::uuid, r.relying_party_id, $3, $4, $5, r.key, 'open', $7::timestamptz, $8::timestamptz
    from relying_party_role r where r.relying_party_id = $2::uuid and r.key = $6 and r.retired_at is null
    on conflict (relying_party_id, identifier) do nothing returning id`,
};
const findStatement = {
  name: "transaction_approval_kept",
  text: `select t.id, t.digest, t.state, t.expires_at <= $3 as "isOver" from transaction_approval t
    where t.relying_party_id = $1 and t.identifier = $2`,
};

/**
 * Keeps what a system asks somebody to approve, as it pushed it; from now on its content is what it is. The same again, while
 * it is open, is the same request.
 */
export async function keepApproval(
  ctx: Context,
  system: { id: string; name: string },
  detail: Detail,
): Promise<Result<{ approvalId: string }, KeepRefusal>> {
  const now = ctx.now();
  const content = contentOf(detail);
  const digest = digestOf(content);
  const id = uuidv7(now, ctx.random);
  const sealed = sealOf(ctx, "content", id, content);
  const expiresAt = detail.expires_at === undefined ? after(now, OPEN_FOR) : new Date(detail.expires_at);
  return ctx.db.transaction(async (tx) => {
    const of = [system.id, detail.identifier] as const;
    const added = await run(tx, keepStatement, [id, ...of, sealed, digest, detail.role, now, expiresAt]);
    if (added.length > 0) {
      await record(tx, ctx, {
        type: "transaction_approval.requested",
        accountId: null,
        approvalId: id,
        relyingPartyId: system.id,
        system: system.name,
      });
      return ok({ approvalId: id });
    }
    return sameAgain(await findKept(tx, of, now), digest);
  });
}

const findKept = async (tx: Tx, of: readonly [string, string], now: Date): Promise<Kept | undefined> =>
  (await run<Kept>(tx, findStatement, [...of, now]))[0];

function sameAgain(kept: Kept | undefined, digest: string): Result<{ approvalId: string }, KeepRefusal> {
  if (!kept) return refuse("role is not one of this system");
  if (kept.digest !== digest) return refuse("identifier was used for other content");
  if (kept.state !== "open") return refuse("identifier is decided already");
  return kept.isOver ? refuse("identifier has expired") : ok({ approvalId: kept.id });
}
