import { eq } from "drizzle-orm";
import { run } from "#db/named.ts";
import { account } from "#db/schema/account.ts";
import { issueEmailCode } from "#lib/authenticators/email-code/issue-email-code.ts";
import type { Context, RequestFacts } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before, minutes } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { sendJob } from "#lib/mail/send-job.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import { SIGN_IN_LIFETIME } from "./ceremony.ts";

export const EMAIL_CODE_REQUESTS_QUEUE = "email-code-requests";

/** What is left for the job: no number, no mailbox and no secret. `askedAt` is ISO 8601. */
export type EmailCodeRequest = {
  ceremonyId: string;
  askedAt: string;
  browserDigest: string | null;
  request: Pick<RequestFacts, "id" | "ip" | "device" | "language">;
};

/** One letter a minute is the ceiling, so who asks sooner in the same sign-in is told of the one under way. */
const ASK_AGAIN_AFTER = minutes(1);

const stampStatement = {
  name: "email_code_ask",
  text: `with found as materialized (
      select id, code_requested_at as before from sign_in_ceremony where token_digest = $1 and step = 'prove' and started_at > $3 for no key update
    ), stamped as (
      update sign_in_ceremony c set code_requested_at = $2 from found
      where c.id = found.id and (found.before is null or found.before <= $4) returning c.id
    )
    select found.id, found.before, exists (select 1 from stamped) as asked from found`,
};

/**
 * Asks for a code to the official mailbox, for this sign-in, and says no more than when: whether anybody has the
 * number, and whether a code is owed, the job finds out. What is done here is the same either way. Again within a
 * minute changes nothing. Refuses `start_again` where no sign-in waits for a proof in this browser.
 */
export async function requestEmailCode(
  ctx: Context,
  ceremonyToken: string,
): Promise<Result<{ requestedAt: Date }, "start_again">> {
  const now = ctx.now();
  return ctx.db.transaction(async (tx): Promise<Result<{ requestedAt: Date }, "start_again">> => {
    const [found] = await run<{ id: string; before: Date | string | null; asked: boolean }>(tx, stampStatement, [
      digest(ceremonyToken),
      now,
      before(now, SIGN_IN_LIFETIME),
      before(now, ASK_AGAIN_AFTER),
    ]);
    if (!found) return refuse("start_again");
    if (!found.asked && found.before) return ok({ requestedAt: new Date(found.before) });
    const { id, ip, device, language, deviceToken } = ctx.request;
    await sendJob<EmailCodeRequest>(
      tx,
      EMAIL_CODE_REQUESTS_QUEUE,
      {
        ceremonyId: found.id,
        askedAt: now.toISOString(),
        browserDigest: deviceToken === null ? null : digest(deviceToken),
        request: { id, ip, device, language },
      },
      uuidv7(now, ctx.random),
    );
    return ok({ requestedAt: now });
  });
}

const findStatement = {
  name: "email_code_ceremony",
  text: `select c.account_id as "accountId", exists (
      select 1 from device d where d.account_id = c.account_id and d.token_digest = $2 and d.signed_in_at is not null
    ) as "knownBrowser"
    from sign_in_ceremony c where c.id = $1 and c.step = 'prove' and c.started_at > $3`,
};

/** The job: issues a code and owes its letter, or records why not. A sign-in that is over meanwhile needs none. */
export async function answerEmailCodeRequest(
  system: Context,
  { ceremonyId, askedAt, browserDigest, request }: EmailCodeRequest,
): Promise<void> {
  const ctx: Context = { ...system, actor: { kind: "nobody" }, request: { ...request, deviceToken: null } };
  await ctx.db.transaction(async (tx) => {
    const [found] = await run<{ accountId: string | null; knownBrowser: boolean }>(tx, findStatement, [
      ceremonyId,
      browserDigest,
      before(ctx.now(), SIGN_IN_LIFETIME),
    ]);
    if (!found) return;
    const [owner] = found.accountId
      ? await tx.select().from(account).where(eq(account.id, found.accountId)).for("no key update")
      : [];
    if (!owner) return recordRefusal(tx, ctx, { type: "email_code.refused", accountId: null, reason: "no_account" });
    const asked = { ceremonyId, at: new Date(askedAt), knownBrowser: found.knownBrowser };
    await issueEmailCode(tx, ctx, owner, asked);
  });
}
