import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import { emailCode } from "#db/schema/second-factors.ts";
import type { AuditEvents } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { emailCodeDigest, emailCodeOf } from "#lib/kernel/email-code-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { countLetters, type LettersOfLate, mayGoAfter } from "#lib/throttle/letters-of-late.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";

export type EmailCodeRefusal = Exclude<AuditEvents["email_code.refused"]["reason"], "no_account">;

type Owner = {
  id: string;
  status: AccountStatus;
  officialEmail: string;
  officialEmailVerifiedAt: Date | null;
  emailCodeOn: boolean;
};

/**
 * Whether a code may be mailed: to an activated account's verified mailbox, unless its owner switched that off or too
 * many went out.
 */
export function mayIssueEmailCode(
  to: Pick<Owner, "status" | "officialEmailVerifiedAt" | "emailCodeOn">,
  issued: LettersOfLate,
): Result<null, EmailCodeRefusal> {
  if (to.status !== "activated") return refuse("not_activated");
  if (!to.officialEmailVerifiedAt) return refuse("mailbox_unverified");
  if (!to.emailCodeOn) return refuse("switched_off");
  return mayGoAfter(issued) ? ok(null) : refuse("throttled");
}

/**
 * Issues a code for a sign-in and owes its letter, or records why not. The account's row must be locked by the caller,
 * or the limits would be read by two at once. `askedAt` is when the person asked: what a slow queue adds does not count
 * against them. Older codes of the sign-in live until this one's letter is handed over.
 */
export async function issueEmailCode(
  tx: Tx,
  ctx: Context,
  to: Owner,
  asked: { ceremonyId: string; at: Date; knownBrowser: boolean },
): Promise<void> {
  const alike = and(eq(emailCode.mailbox, to.officialEmail), eq(emailCode.knownBrowser, asked.knownBrowser));
  const issued = await countLetters(tx, emailCode, alike, asked.at);
  const allowed = mayIssueEmailCode(to, issued);
  if (!allowed.ok)
    return recordRefusal(tx, ctx, { type: "email_code.refused", accountId: to.id, reason: allowed.error });

  const codeId = uuidv7(asked.at, ctx.random);
  await tx.insert(emailCode).values({
    id: codeId,
    accountId: to.id,
    ceremonyId: asked.ceremonyId,
    mailbox: to.officialEmail,
    codeDigest: emailCodeDigest(ctx.keys, asked.ceremonyId, emailCodeOf(ctx.keys, codeId)),
    knownBrowser: asked.knownBrowser,
    requestedFrom: ctx.request.device,
    createdAt: asked.at,
  });
  await record(tx, ctx, { type: "email_code.issued", accountId: to.id, codeId });
  await enqueue(tx, ctx, { kind: "email_code", accountId: to.id, to: to.officialEmail, about: { codeId } });
}
