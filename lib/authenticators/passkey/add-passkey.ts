import { and, eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { passkey } from "#db/schema/second-factors.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import { hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { TextRefusal } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { addProof } from "#lib/session/add-proof.ts";
import { notifyOwner } from "../notify-owner.ts";
import { replaceLostFactors } from "../replace-lost-factors.ts";
import { PASSKEYS_MAX } from "./begin-passkey.ts";
import { checkChallenge, type OpenChallenge, spendChallenge } from "./challenge.ts";
import { firstName, readName } from "./name-passkey.ts";
import { readAttestation } from "./read-credential.ts";
import { type Attested, challengeOf, verifyAttestation } from "./webauthn.ts";

/**
 * `passkey_refused`: the answer is not one of this session's, came too late, or does not hold. `passkey_taken`:
 * somebody has this credential already.
 */
export type AddRefusal = ChangeRefusal | TextRefusal | "passkey_refused" | "passkey_taken" | "too_many_passkeys";
/** `sessionToken`: the session's new secret, for its cookie; null where it ended meanwhile. */
export type Added = { passkeyId: string; name: string; sessionToken: string | null };

/**
 * Adds the passkey that the browser made (its answer as JSON) to the signed-in owner's account. Verified by WebAuthn L3
 * §7.1; named after its provider unless `name` is given. The account's first second factor switches "two factors every
 * time" on. Making it has proven it, user verification and all, so the session has that proof from now on: what comes
 * next, such as a name, may need it. One that a ticket opened ends with it (`replaceLostFactors`).
 */
export async function addPasskey(
  ctx: Context,
  credentialJson: string,
  name?: string,
): Promise<Result<Added, AddRefusal>> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const named = name === undefined ? null : readName(name);
  if (named && !named.ok) return named;
  const answer = await readAnswer(ctx, ctx.actor.sessionId, credentialJson);

  return ctx.db.transaction(async (tx) => {
    // A passkey that was made while the proof was fresh is not refused for the minutes that making it took: it would
    // stay behind on the device, good for nothing.
    const may = await mayChange(tx, ctx, "passkey.add", answer?.open.issuedAt);
    if (!may.ok) return may;
    if (!answer) return refuse("passkey_refused");
    const { accountId, enrolled, ticketId } = may.value;
    if (ticketId === null && enrolled.passkeys >= PASSKEYS_MAX) return refuse("too_many_passkeys");
    // §7.1 step 8: a challenge is answered once.
    if (!(await spendChallenge(tx, answer.open))) return refuse("passkey_refused");

    const { attested } = answer;
    const own = await tx.select({ name: passkey.name }).from(passkey).where(eq(passkey.accountId, accountId));
    const { device, language } = ctx.request;
    const added = {
      passkeyId: uuidv7(ctx.now(), ctx.random),
      name: named?.value ?? firstName({ aaguid: attested.aaguid, device, taken: own.map((one) => one.name) }, language),
    };
    // §7.1 step 26: whose it is already, it stays. The unique index decides between two at once.
    const [kept] = await tx
      .insert(passkey)
      .values({
        ...attested,
        id: added.passkeyId,
        accountId,
        name: added.name,
        createdAt: ctx.now(),
        createdFrom: device,
      })
      .onConflictDoNothing({ target: passkey.credentialId })
      .returning({ id: passkey.id });
    if (!kept) return refuse("passkey_taken");

    if (!hasSecondFactor(enrolled))
      await tx
        .update(account)
        .set({ asksTwoFactors: true })
        .where(and(eq(account.id, accountId), eq(account.asksTwoFactors, false)));
    const { aaguid, backedUp } = attested;
    await record(tx, ctx, { type: "passkey.added", accountId, passkeyId: kept.id, aaguid, backedUp });
    if (ticketId !== null) {
      await replaceLostFactors(tx, ctx, { accountId, ticketId, kept: { passkeyId: kept.id } });
      return ok({ ...added, sessionToken: null });
    }
    await notifyOwner(tx, ctx, accountId, "passkey_added");
    const proof: Proof = { factor: "passkey_verified", at: ctx.now().toISOString(), credential: kept.id };
    return ok({ ...added, sessionToken: await addProof(tx, ctx, proof) });
  });
}

/** What of the answer can be told without the database: a challenge of this session's, and a passkey that holds. */
async function readAnswer(
  ctx: Context,
  sessionId: string,
  credentialJson: string,
): Promise<{ open: OpenChallenge; attested: Attested } | null> {
  const given = readAttestation(credentialJson);
  const challenge = given && challengeOf(given);
  const open = challenge && checkChallenge(ctx, challenge, { purpose: "enrol", binding: sessionId });
  if (!open) return null;
  const expected = { origin: ctx.origin, rpId: ctx.policy.passkeyRpId, challenge: open.challenge };
  const attested = await verifyAttestation(expected, given);
  return attested && { open, attested };
}
