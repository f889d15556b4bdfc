import type { Tx } from "#db/client.ts";
import { isKnownBrowser } from "#lib/account/browser.ts";
import { type Account, lockByIdentity } from "#lib/account/find-account.ts";
import { blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context, RequestFacts } from "#lib/kernel/context.ts";
import { digest, keyedHash } from "#lib/kernel/digest.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { eachKey, type KeySet } from "#lib/kernel/keyring.ts";

/** Whose account somebody says is theirs, for a job: no number, no mailbox and no secret, only their hashes. */
export type Claim = {
  identityIndex: string;
  mailboxHash: string;
  /** The same under other keys, while the lookup key is replaced. */
  otherIndexes?: string[];
  browserDigest: string | null;
  request: Pick<RequestFacts, "id" | "ip" | "device" | "language">;
};

/** In lower case, as an address is read from a form. */
export const mailboxHash = (ctx: Pick<Context, "keys">, officialEmail: string): string =>
  hashUnder(ctx.keys.lookup, officialEmail);

const hashUnder = (set: KeySet, officialEmail: string): string =>
  keyedHash(set, "mailbox", officialEmail.toLowerCase()).toString("base64url");

export function claimOf(ctx: Context, identity: IdentityNumber, officialEmail: string): Claim {
  const { id, ip, device, language, deviceToken } = ctx.request;
  const [identityIndex = "", ...otherIndexes] = blindIndexes(ctx.keys, identity);
  return {
    identityIndex,
    otherIndexes,
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
  const account = await lockByIdentity(tx, [claim.identityIndex, ...(claim.otherIndexes ?? [])]);
  if (!account) return undefined;
  // Whoever left the claim may have gone by another key.
  const matches = eachKey(ctx.keys.lookup).some((set) => hashUnder(set, account.officialEmail) === claim.mailboxHash);
  return { account, matches, knownBrowser: await isKnownBrowser(tx, account.id, claim.browserDigest, "signed_in") };
}
