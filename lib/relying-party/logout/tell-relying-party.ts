import { and, eq } from "drizzle-orm";
import { relyingPartySession } from "#db/schema/relying-party.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, type Duration, hours, minutes, seconds } from "#lib/kernel/time.ts";
import { type CallOptions, fetchFromRelyingParty } from "../outbound/fetch-from-relying-party.ts";
import type { Reach } from "../outbound/may-be-called.ts";
import { subjectAt } from "../provider/claims/subject.ts";
import type { OwedLogout } from "./claim-owed-logouts.ts";
import { makeLogoutToken, type Signer } from "./make-logout-token.ts";

/** From the end of a sign-in: whoever has been away for longer than a session lives has nobody signed in by it any more. */
export const TOLD_WITHIN = hours(12);

/** After the first try 5 s, then three times as long each time, up to a quarter of an hour. */
export const waitAfter = (tries: number): Duration => Math.min(seconds(5) * 3 ** (tries - 1), minutes(15)) as Duration;

export type LogoutRoom = {
  /** `ORIGIN/oidc`. */
  issuer: string;
  signer: Signer;
  reach: () => Reach;
  /** What tests put in the network's place. */
  call?: CallOptions;
};

export type Told = "told" | "given_up" | { again: Date; why: string };

/**
 * Tells a relying party that a sign-in has ended, once, within 5 s. One that does not say it knows is told again later, and
 * after 12 hours no more; that is recorded.
 */
export async function tellRelyingParty(ctx: Context, room: LogoutRoom, owed: OwedLogout): Promise<Told> {
  const failure = await failureOf(ctx, room, owed);
  const now = ctx.now();
  if (failure === null) {
    await settle(ctx, owed, { logoutDueAt: null, logoutSettledAt: now, logoutFailure: null });
    return "told";
  }
  const again = after(now, waitAfter(owed.tries));
  if (failure !== "no_address" && again < after(owed.endedAt, TOLD_WITHIN)) {
    await settle(ctx, owed, { logoutDueAt: again, logoutFailure: failure });
    return { again, why: failure };
  }
  await settle(ctx, owed, { logoutDueAt: null, logoutSettledAt: now, logoutFailure: failure });
  return "given_up";
}

async function failureOf(ctx: Context, room: LogoutRoom, owed: OwedLogout): Promise<string | null> {
  if (owed.backchannelLogoutUri === null) return "no_address";
  const token = await makeLogoutToken(ctx, room.signer, {
    issuer: room.issuer,
    clientId: owed.clientId,
    subject: subjectAt(owed, owed),
    relyingPartySessionId: owed.id,
    alg: owed.alg,
  });
  const answer = await fetchFromRelyingParty(
    room.reach(),
    owed.backchannelLogoutUri,
    {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "*/*" },
      body: new URLSearchParams({ logout_token: token }).toString(),
    },
    room.call,
  );
  if (!answer.ok) return answer.error;
  // Back-Channel Logout 1.0 §2.8 says 200; frameworks that answer nothing say 204.
  return answer.value.status === 200 || answer.value.status === 204 ? null : `status_${answer.value.status}`;
}

/** Unless somebody else has claimed it meanwhile, since this took longer than anybody would think. */
async function settle(
  ctx: Context,
  owed: OwedLogout,
  settled: Partial<Pick<typeof relyingPartySession.$inferInsert, "logoutDueAt" | "logoutSettledAt" | "logoutFailure">>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const mine = await tx
      .update(relyingPartySession)
      .set(settled)
      .where(and(eq(relyingPartySession.id, owed.id), eq(relyingPartySession.logoutTries, owed.tries)))
      .returning({ id: relyingPartySession.id });
    if (mine.length === 0 || !settled.logoutSettledAt || settled.logoutFailure === null) return;
    await record(tx, ctx, {
      type: "relying_party.logout_failed",
      accountId: owed.accountId,
      relyingPartyId: owed.relyingPartyId,
      system: owed.system,
      relyingPartySessionId: owed.id,
    });
  });
}
