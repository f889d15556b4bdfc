import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { after, minutes, seconds } from "#lib/kernel/time.ts";

/**
 * What became of telling a system of a sign-out: it knows; it is being told; it did not answer and is told again later; or it
 * cannot be told, having no address for that, or having been silent for too long.
 */
export type ToldSystem = { name: string; state: "told" | "telling" | "later" | "never" };

/** A system that has not answered by then is not waited for. */
const TELLING_FOR = seconds(8);

type Row = {
  name: string;
  endedAt: Date;
  isDue: boolean;
  isSettled: boolean;
  failure: string | null;
};

const statement = {
  name: "logouts_how_told",
  text: `select p.name, g.ended_at as "endedAt", g.logout_due_at is not null as "isDue",
      g.logout_settled_at is not null as "isSettled", g.logout_failure as failure
    from relying_party_session g join relying_party p on p.id = g.relying_party_id
    where g.account_id = $1 and g.session_id = $2 and g.ended_why = 'signed_out' order by p.name, p.id`,
};

/** The systems that a sign-out of everything ended, and whether they know. */
export async function howTold(ctx: Context, of: { accountId: string; sessionId: string }): Promise<ToldSystem[]> {
  const rows = await run<Row>(ctx.db, statement, [of.accountId, of.sessionId]);
  return rows.map((row) => ({ name: row.name, state: stateOf(row, ctx.now()) }));
}

function stateOf({ endedAt, isDue, isSettled, failure }: Row, now: Date): ToldSystem["state"] {
  if (isSettled && failure === null) return "told";
  if (!isDue) return "never";
  return failure === null && now < after(endedAt, TELLING_FOR) ? "telling" : "later";
}

const NOTE_LIFETIME = minutes(10);
const PURPOSE = "sign-out.told";

/** Lets the page after a sign-out, which nobody is signed in to, say what became of it: in its address, sealed. */
export const sealNote = (ctx: Context, { accountId, sessionId }: { accountId: string; sessionId: string }): string =>
  seal(ctx.keys.cookie, ctx.random, JSON.stringify({ accountId, sessionId, at: ctx.now().toISOString() }), PURPOSE, "");

/** Null where it was altered, is ten minutes old, or was never sealed here. */
export function openNote(ctx: Context, sealed: unknown): { accountId: string; sessionId: string } | null {
  if (typeof sealed !== "string") return null;
  try {
    const { accountId, sessionId, at } = JSON.parse(unseal(ctx.keys.cookie, sealed, PURPOSE, "")) as {
      accountId: string;
      sessionId: string;
      at: string;
    };
    return after(new Date(at), NOTE_LIFETIME) > ctx.now() ? { accountId, sessionId } : null;
  } catch {
    return null;
  }
}
