import type { Tx } from "#db/client.ts";
import { isKnownBrowser } from "#lib/account/browser.ts";
import { type Account, lockByIdentity } from "#lib/account/find-account.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import type { Context, RequestFacts } from "#lib/kernel/context.ts";
import { digest, keyedHash } from "#lib/kernel/digest.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";

/** Whose account somebody says is theirs, for a job: no number, no mailbox and no secret, only their hashes. */
export type Claim = {
  identityIndex: string;
  mailboxHash: string;
  browserDigest: string | null;
  request: Pick<RequestFacts, "id" | "ip" | "device" | "language">;
};

/** In lower case, as an address is read from a form. */
export const mailboxHash = (ctx: Pick<Context, "keys">, officialEmail: string): string =>
  keyedHash(ctx.keys.lookup, "mailbox", officialEmail.toLowerCase()).toString("base64url");

export function claimOf(ctx: Context, identity: IdentityNumber, officialEmail: string): Claim {
  const { id, ip, device, language, deviceToken } = ctx.request;
  return {
    identityIndex: blindIndex(ctx.keys, identity),
    mailboxHash: mailboxHash(ctx, officialEmail),
    browserDigest: deviceToken === null ? null : digest(deviceToken),
    request: { id, ip, device, language },
  };
}

/** The context in which a job acts for whoever made the claim. */
export const onBehalfOf = (system: Context, { request }: Claim): Context => ({
  ...system,
  actor: { kind: "nobody" },
  request: { ...request, deviceToken: null },
});

/**
 * The account of that number, locked, and whether the mailbox is its own too (`matches`); undefined where nobody has
 * the number. `knownBrowser`: the account has been signed in to from that browser.
 */
export async function lockClaimed(
  tx: Tx,
  ctx: Context,
  claim: Claim,
): Promise<{ account: Account; matches: boolean; knownBrowser: boolean } | undefined> {
  const account = await lockByIdentity(tx, claim.identityIndex);
  if (!account) return undefined;
  const matches = mailboxHash(ctx, account.officialEmail) === claim.mailboxHash;
  return { account, matches, knownBrowser: await isKnownBrowser(tx, account.id, claim.browserDigest, "signed_in") };
}
