import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import type { SignInReason } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { checkChallenge, type OpenChallenge, type ProveUse, spendChallengeText } from "./challenge.ts";
import { type Assertion, readAssertion } from "./read-credential.ts";
import { challengeOf, type Kept, verifyAssertion } from "./webauthn.ts";

/**
 * What a passkey is asked to prove. `accountId`: who was identified before; null is a number nobody has, "anybody" is
 * no number. `barred`: why its owner may not be let in now, asked before anything is noted.
 */
export type PasskeyQuestion = {
  use: ProveUse;
  accountId: string | null | "anybody";
  barred: (owner: { accountId: string; status: AccountStatus }) => SignInReason | null;
};

export type PasskeyProof = { ok: true; accountId: string; passkeyId: string };

/**
 * Why not, for the trail. `not_ours`: no answer to a challenge that this browser was given in the last five minutes;
 * nothing is known of it. `accountId`: whose passkey it was, where it was somebody's. `unknownCredential`: nobody has
 * it, so the browser that offered it may be told to drop it (base64url).
 */
export type PasskeyRefusal = {
  ok: false;
  reason: SignInReason | "not_ours";
  accountId: string | null;
  unknownCredential?: string;
};

type Found = Kept & { id: string; accountId: string; status: AccountStatus; userHandle: string | null };

const findStatement = {
  name: "passkey_by_credential",
  text: `select p.id, p.account_id as "accountId", p.credential_id as "credentialId", p.public_key as "publicKey",
      p.backup_eligible as "backupEligible", a.status, a.user_handle as "userHandle"
    from passkey p join account a on a.id = p.account_id where p.credential_id = $1`,
};

// One statement, so that the challenge is spent and the counter compared and set at once, whoever else answers. §7.2
// step 22: a counter that does not grow is refused, and what is stored stays; authenticators that keep none always say
// 0. Step 24.
const useStatement = {
  name: "passkey_use",
  text: `with spent as (
      ${spendChallengeText("$1", "$2")}
    ), used as (
      update passkey set counter = $4::bigint, backed_up = $5, last_used_at = $6
      where id = $3 and exists (select 1 from spent) and (counter < $4::bigint or (counter = 0 and $4::bigint = 0))
      returning id
    )
    select exists (select 1 from spent) as "first", exists (select 1 from used) as "used"`,
};

const standsStatement = { name: "passkey_stands", text: "select 1 from passkey where id = $1" };

/**
 * Verifies a passkey's answer (JSON of the browser) by WebAuthn L3 §7.2, user verification required, and notes its use.
 * Two round trips to the database. The challenge is used up by an answer that holds, so the same answer opens one
 * session however often it is posted.
 *
 * An unknown credential is told apart from every other refusal. That is no oracle: ids have 128 random bits and are
 * told to nobody but their owner's browser, so whoever can ask about one holds it; and what is told is only that nobody
 * has it, never of a passkey that somebody has, whatever the state of their account.
 */
export async function verifyPasskey(
  ctx: Context,
  credentialJson: string,
  asked: PasskeyQuestion,
): Promise<PasskeyProof | PasskeyRefusal> {
  const given = readAssertion(credentialJson);
  const challenge = given && challengeOf(given);
  // §7.2 step 11.
  const open = challenge && checkChallenge(ctx, challenge, asked.use);
  if (!open) return refusal("not_ours", null);

  const [found] = await run<Found>(ctx.db, findStatement, [given.id]);
  if (!found) return { ...refusal("unknown_credential", null), unknownCredential: given.id };
  const { accountId } = found;
  const expected = { origin: ctx.origin, rpId: ctx.policy.passkeyRpId, challenge: open.challenge };
  const answer = await verifyAssertion(expected, found, given);
  if (!answer || !isOwners(found, given, asked)) return refusal("wrong_passkey", accountId);
  const barred = asked.barred(found);
  return barred ? refusal(barred, accountId) : use(ctx, found, open, answer);
}

async function use(
  ctx: Context,
  { id, accountId, credentialId }: Found,
  { challenge, expiresAt }: OpenChallenge,
  { counter, backedUp }: { counter: number; backedUp: boolean },
): Promise<PasskeyProof | PasskeyRefusal> {
  const [came] = await run<{ first: boolean; used: boolean }>(ctx.db, useStatement, [
    challenge,
    expiresAt,
    id,
    counter,
    backedUp,
    ctx.now(),
  ]);
  if (!came?.first) return refusal("wrong_passkey", accountId);
  if (came.used) return { ok: true, accountId, passkeyId: id };
  // Removed meanwhile, or its counter did not grow.
  const [stands] = await run(ctx.db, standsStatement, [id]);
  return stands
    ? refusal("signature_counter", accountId)
    : { ...refusal("unknown_credential", accountId), unknownCredential: credentialId };
}

/** §7.2 step 6: the passkey of whoever was identified before, or of whom its user handle names where nobody was. */
function isOwners({ accountId, userHandle }: Found, { response }: Assertion, asked: PasskeyQuestion): boolean {
  const said = response.userHandle ?? null;
  if (asked.accountId === "anybody") return said !== null && said === userHandle;
  return asked.accountId === accountId && (said === null || said === userHandle);
}

const refusal = (reason: PasskeyRefusal["reason"], accountId: string | null): PasskeyRefusal => ({
  ok: false,
  reason,
  accountId,
});
