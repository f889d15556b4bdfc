import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { securityAnswer } from "#db/schema/authenticators.ts";
import { googleLink, passkey, recoveryCodeSet, securityPhrase, totpCredential } from "#db/schema/second-factors.ts";
import { enrolledOf } from "#lib/assurance/enrolled.ts";
import type { AuditEvents } from "#lib/audit/catalogue.ts";
import { recordAll } from "#lib/audit/record.ts";
import { newTotpSecret } from "#lib/authenticators/totp/codes.ts";
import { TOTP_PURPOSE } from "#lib/authenticators/totp/find-totp.ts";
import type { Context } from "#lib/kernel/context.ts";
import { seal } from "#lib/kernel/sealed.ts";

type Enrolled = Pick<AuditEvents["authenticator.disowned"], "kind" | "credentialId">;

// The trail knows which session set a thing up. One set only is kept of codes, answers and phrase, so it is theirs where
// the last one made was: moments would not tell, since the trail's is a little later than the set's own.
const enrolledThereStatement = {
  name: "enrolled_in_browser",
  text: `with made as materialized (
      select e.id, e.type, coalesce(e.data ->> 'passkeyId', e.data ->> 'totpId', e.data ->> 'linkId') as credential,
        e.at > $4::timestamptz or e.session_id in (
          select id from session where account_id = $1 and (id = $2 or device_id::text in (select jsonb_array_elements_text($3::jsonb)))
        ) as there
      from audit_event e
      where e.account_id = $1 and e.type in (
          'passkey.added', 'totp.enrolled', 'google.linked', 'recovery_codes.made', 'security_questions.replaced', 'security_phrase.set'
        )
    ), last_made as materialized (
      select distinct on (type) type, there from made order by type, id desc
    )
    select 'passkey' as kind, id as "credentialId" from passkey where account_id = $1 and id::text in (select credential from made where there)
    union all select 'totp', id from totp_credential where account_id = $1 and id::text in (select credential from made where there)
    union all select 'google', id from google_link where account_id = $1 and id::text in (select credential from made where there)
    union all select 'recovery_codes', null from recovery_code_set
      where account_id = $1 and exists (select 1 from last_made where there and type = 'recovery_codes.made')
    union all select distinct 'security_questions', null::uuid from security_answer
      where account_id = $1 and exists (select 1 from last_made where there and type = 'security_questions.replaced')
    union all select 'security_phrase', null from security_phrase
      where account_id = $1 and exists (select 1 from last_made where there and type = 'security_phrase.set')`,
};

/** Bytes of a credential id that nobody has. */
const NOBODYS = 32;

/**
 * What was set up in that session, in any of these browsers (ids), which the owner says are a stranger's, or anywhere
 * `since` a stranger was at work, opens nothing any more: passkeys, authenticator app, Google account, recovery codes,
 * and the security questions and phrase that were chosen there. Where it is all that the account has for a second factor
 * it stays in its place, dead: the account goes on asking for two, or whoever reads the mailbox could take the owner's
 * own passkey away with a letter of theirs. The caller holds the account's row.
 */
export async function revokeEnrolled(
  tx: Tx,
  ctx: Context,
  accountId: string,
  { sessionId, browsers, since }: { sessionId: string | null; browsers: readonly string[]; since?: Date },
): Promise<void> {
  const there = await run<Enrolled>(tx, enrolledThereStatement, [
    accountId,
    sessionId,
    JSON.stringify(browsers),
    since ?? null,
  ]);
  const has = await enrolledOf(tx, accountId);
  const secondThere = there.filter(({ kind }) => kind === "passkey" || kind === "totp").length;
  const removed = has.passkeys + Number(has.totp) > secondThere;
  for (const one of there) await revoke(tx, ctx, accountId, one, removed);
  await recordAll(
    tx,
    ctx,
    there.map((one) => ({ type: "authenticator.disowned", accountId, ...one })),
  );
}

async function revoke(
  tx: Tx,
  ctx: Context,
  accountId: string,
  { kind, credentialId }: Enrolled,
  removed: boolean,
): Promise<void> {
  switch (kind) {
    case "google":
      await tx.delete(googleLink).where(eq(googleLink.accountId, accountId));
      return;
    case "recovery_codes":
      await tx.delete(recoveryCodeSet).where(eq(recoveryCodeSet.accountId, accountId));
      return;
    case "security_questions":
      // With a stranger's answers their wait could begin, or the account be unlocked: without any the helpdesk looks on.
      await tx.delete(securityAnswer).where(eq(securityAnswer.accountId, accountId));
      return;
    case "security_phrase":
      await tx.delete(securityPhrase).where(eq(securityPhrase.accountId, accountId));
      return;
    case "passkey": {
      const its = and(eq(passkey.accountId, accountId), eq(passkey.id, credentialId ?? ""));
      if (removed) await tx.delete(passkey).where(its);
      else
        await tx
          .update(passkey)
          .set({ credentialId: ctx.random(NOBODYS).toString("base64url") })
          .where(its);
      return;
    }
    case "totp": {
      const its = eq(totpCredential.accountId, accountId);
      const secret = () =>
        seal(ctx.keys.sealing, ctx.random, newTotpSecret(ctx.random), TOTP_PURPOSE, credentialId ?? "");
      if (removed) await tx.delete(totpCredential).where(its);
      else await tx.update(totpCredential).set({ secretSealed: secret() }).where(its);
    }
  }
}
