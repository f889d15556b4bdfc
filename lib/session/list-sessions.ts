import { run } from "#db/named.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before } from "#lib/kernel/time.ts";
import { SESSION_IDLE } from "./session.ts";

export type OpenSession = {
  id: string;
  /** "Chrome pada Windows". */
  device: string;
  createdAt: Date;
  /** At most a minute behind. */
  lastSeenAt: Date;
  proofs: Proof[];
  /** The one that asks. */
  here: boolean;
};

const listStatement = {
  name: "sessions_open",
  text: `select id, device, created_at as "createdAt", last_seen_at as "lastSeenAt", proofs, id = $2 as here from session
    where account_id = $1 and ended_at is null and expires_at > $3 and last_seen_at > $4
    order by here desc, last_seen_at desc, id`,
};

/** Where the owner is signed in now, this session first, then by last use. Nobody's for anybody else. */
export async function listSessions(ctx: Context): Promise<OpenSession[]> {
  if (ctx.actor.kind !== "account") return [];
  const { accountId, sessionId } = ctx.actor;
  const now = ctx.now();
  return run<OpenSession>(ctx.db, listStatement, [accountId, sessionId, now, before(now, SESSION_IDLE)]);
}
