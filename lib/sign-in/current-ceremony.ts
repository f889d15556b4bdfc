import { run } from "#db/named.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import { unsealPhrase } from "#lib/authenticators/security-phrase/seal-phrase.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { before } from "#lib/kernel/time.ts";
import { SIGN_IN_LIFETIME } from "./ceremony.ts";

export type UnderWay = {
  /** The number as typed, masked; null where a passkey, Google or a session said who it is. */
  identityShown: string | null;
  returnTo: string | null;
  /** The session that is stepped up, or null. */
  sessionId: string | null;
  /** It was begun with an enrolment ticket: the password is the one way on. */
  isEnrolment: boolean;
  /** What was proven so far in this sign-in. */
  proofs: Proof[];
  /** When a code by email was last asked for, whether or not one was owed. */
  codeRequestedAt: Date | null;
  /**
   * The security phrase, in a browser its owner has signed in with before and nowhere else, and whether they have
   * ticked it.
   */
  phrase: { words: string; confirmed: boolean } | null;
};

type Row = Omit<UnderWay, "phrase"> & { accountId: string | null; phraseSealed: string | null; confirmed: boolean };

const findStatement = {
  name: "sign_in_find",
  text: `select c.identity_shown as "identityShown", c.return_to as "returnTo", c.session_id as "sessionId", c.ticket_id is not null as "isEnrolment", c.proofs,
      c.code_requested_at as "codeRequestedAt", c.account_id as "accountId", p.phrase_sealed as "phraseSealed",
      c.phrase_confirmed_at is not null as confirmed
    from sign_in_ceremony c
      left join device known on known.account_id = c.account_id and known.token_digest = $3 and known.signed_in_at is not null
      left join security_phrase p on p.account_id = known.account_id
    where c.token_digest = $1 and c.step = 'prove' and c.started_at > $2`,
};

/** What a browser's sign-in under way shows. Nothing where none is, or its time ran out. */
export async function currentCeremony(ctx: Context, ceremonyToken: string): Promise<UnderWay | null> {
  const device = ctx.request.deviceToken;
  const [found] = await run<Row>(ctx.db, findStatement, [
    digest(ceremonyToken),
    before(ctx.now(), SIGN_IN_LIFETIME),
    device === null ? null : digest(device),
  ]);
  if (!found) return null;
  const { accountId, phraseSealed, confirmed, ...underWay } = found;
  const words = accountId && phraseSealed ? unsealPhrase(ctx, accountId, phraseSealed) : null;
  return { ...underWay, phrase: words === null ? null : { words, confirmed } };
}

/** A sign-in of which nothing is known but the number that was typed. */
export const untouched = (identityShown: string): UnderWay => ({
  ...{ identityShown, returnTo: null, sessionId: null, isEnrolment: false, proofs: [] },
  ...{ codeRequestedAt: null, phrase: null },
});

/**
 * The number that a sign-in shows, where its pages show nothing else of it; null where they do, or none is under way. When a code
 * by email was asked for shows on that code's page alone.
 */
export async function numberAlone(ctx: Context, ceremonyToken: string): Promise<string | null> {
  const found = await currentCeremony(ctx, ceremonyToken);
  if (!found || found.returnTo !== null || found.phrase !== null || found.proofs.length > 0) return null;
  return found.sessionId === null && !found.isEnrolment ? found.identityShown : null;
}
