import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";

const findStatement = {
  name: "session_before",
  text: `select created_at as at, device from session where account_id = $1 and id <> $2 order by created_at desc limit 1`,
};

/** The sign-in before this one, so that a stranger's would be noticed. */
export async function previousSignIn(
  ctx: Context,
  now: { id: string; accountId: string },
): Promise<{ at: Date; device: string } | null> {
  const [previous] = await run<{ at: Date; device: string }>(ctx.db, findStatement, [now.accountId, now.id]);
  return previous ?? null;
}
