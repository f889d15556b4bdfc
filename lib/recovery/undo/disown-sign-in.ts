import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { account as accounts } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { undoLink } from "#db/schema/recovery.ts";
import { session } from "#db/schema/session.ts";
import { holdById } from "#lib/account/find-account.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { forgetBrowser } from "#lib/session/forget-browser.ts";
import { openReset } from "../forgotten-password/open-reset.ts";
import { stopRecoveries } from "../stop-recoveries.ts";
import { disablePassword } from "./disable-password.ts";
import { revokeEnrolled } from "./revoke-enrolled.ts";

/** Why "this was not me" leads no further. `used`: it was pressed, and a new password has been chosen since. */
export type UndoRefusal = "unknown" | "expired" | "used";

/**
 * The sign-in that a link speaks of. `again`: it was disowned already, and only the new password is still to be chosen.
 */
export type SignInShown = { at: Date; device: string; again: boolean };

type Found = {
  link: Pick<typeof undoLink.$inferSelect, "expiresAt" | "usedAt">;
  status: (typeof accounts.$inferSelect)["status"];
  disabledAt: Date | null;
  hasPassword: string | null;
};

function usableLink(ctx: Context, { link, status, disabledAt, hasPassword }: Found): Result<null, UndoRefusal> {
  if (status === "closed") return refuse("unknown");
  // Until there is a new password the link leads there again, so that half an hour that ran out is no dead end.
  if (link.usedAt && hasPassword && !disabledAt) return refuse("used");
  return link.expiresAt <= ctx.now() ? refuse("expired") : ok(null);
}

const find = (on: Tx | Context["db"], token: string) =>
  on
    .select({
      link: undoLink,
      status: accounts.status,
      disabledAt: passwordCredential.disabledAt,
      hasPassword: passwordCredential.accountId,
      signedIn: { at: session.createdAt, device: session.device, deviceId: session.deviceId },
    })
    .from(undoLink)
    .innerJoin(accounts, eq(accounts.id, undoLink.accountId))
    .leftJoin(passwordCredential, eq(passwordCredential.accountId, undoLink.accountId))
    .leftJoin(session, eq(session.id, undoLink.sessionId))
    .where(and(eq(undoLink.tokenDigest, digest(token)), eq(undoLink.purpose, "not_me")));

/** The sign-in behind a mailed link. Changes nothing: scanners of mail open links too. */
export async function viewDisownedSignIn(ctx: Context, token: string): Promise<Result<SignInShown, UndoRefusal>> {
  const [found] = await find(ctx.db, token);
  if (!found?.signedIn) return refuse("unknown");
  const usable = usableLink(ctx, found);
  if (!usable.ok) return usable;
  const { at, device } = found.signedIn;
  return ok({ at, device, again: found.link.usedAt !== null });
}

/**
 * "This was not me": every session ends, sign-ins under way with them, the password opens nothing any more, nor does
 * what was set up there, the browser is forgotten, and this one may choose a new password: its secret for the cookie.
 * Other second factors stay. Of any number of presses one does it; the others, until there is a new password, only lead
 * to choosing it.
 */
export async function disownSignIn(ctx: Context, token: string): Promise<Result<{ resetToken: string }, UndoRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const [named] = await find(tx, token);
    if (!named?.signedIn || !(await holdById(tx, named.link.accountId))) return refuse("unknown");
    // Once more, now that nobody else changes it.
    const [found] = await find(tx, token);
    if (!found?.signedIn) return refuse("unknown");
    const usable = usableLink(ctx, found);
    if (!usable.ok) return usable;
    const { id, accountId, sessionId, usedAt } = found.link;
    if (usedAt === null && sessionId !== null) {
      const now = ctx.now();
      await tx.update(undoLink).set({ usedAt: now }).where(eq(undoLink.id, id));
      await record(tx, ctx, { type: "device.disowned", accountId, sessionId });
      await disablePassword(tx, ctx, accountId, "not_me");
      const browsers = await browsersOf(tx, accountId, found.signedIn);
      await revokeEnrolled(tx, ctx, accountId, { sessionId, browsers });
      for (const browser of browsers) await forgetBrowser(tx, ctx, accountId, browser);
      await endSessionsOf(tx, ctx, accountId, { all: true }, "not_me");
      await stopRecoveries(tx, ctx, accountId, "not_me");
      await notifyOwner(tx, ctx, accountId, "signed_out_everywhere");
    }
    return ok(await openReset(tx, ctx, accountId));
  });
}

const browsersStatement = {
  name: "browsers_untold_since",
  text: `select id from device d where account_id = $1 and (id = $2 or signed_in_at > $3 and not exists (
      select 1 from session s join undo_link u on u.session_id = s.id and u.purpose = 'not_me' where s.device_id = d.id
    )) order by id`,
};

/**
 * The stranger's browser, and those that came to be known after it without a letter of their own: notices have a
 * ceiling, and who signs in from two browsers within a minute is told of once.
 */
async function browsersOf(
  tx: Tx,
  accountId: string,
  { at, deviceId }: { at: Date; deviceId: string | null },
): Promise<string[]> {
  const found = await run<{ id: string }>(tx, browsersStatement, [accountId, deviceId, at]);
  return found.map(({ id }) => id);
}
