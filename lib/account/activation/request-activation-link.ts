import { blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context, RequestFacts } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { sendJob } from "#lib/mail/send-job.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import { isKnownBrowser } from "../browser.ts";
import { lockByIdentity } from "../find-account.ts";
import { issueActivationLink } from "./activation-link.ts";

export const LINK_REQUESTS_QUEUE = "link-requests";

/** What is left for the job: no number and no secret, only their digests. */
export type LinkRequest = {
  identityIndex: string;
  /** The same under other keys, while the lookup key is replaced. */
  otherIndexes?: string[];
  browserDigest: string | null;
  request: Pick<RequestFacts, "id" | "ip" | "device" | "language">;
};

export function linkRequest(ctx: Context, identity: IdentityNumber): LinkRequest {
  const { id, ip, device, language, deviceToken } = ctx.request;
  const [identityIndex = "", ...otherIndexes] = blindIndexes(ctx.keys, identity);
  return {
    identityIndex,
    otherIndexes,
    browserDigest: deviceToken === null ? null : digest(deviceToken),
    request: { id, ip, device, language },
  };
}

/**
 * Leaves the request for a job and returns nothing: the caller must not learn whether the identity has an account. What
 * is done for the caller is the same one statement either way, however many ask at once; the rest nobody waits for.
 */
export async function requestActivationLink(ctx: Context, identity: IdentityNumber): Promise<void> {
  const request = linkRequest(ctx, identity);
  await ctx.db.transaction((tx) =>
    sendJob<LinkRequest>(tx, LINK_REQUESTS_QUEUE, request, uuidv7(ctx.now(), ctx.random)),
  );
}

/** The job: issues a link and owes its letter, or records why not. `system` is the context jobs act in. */
export async function answerLinkRequest(
  system: Context,
  { identityIndex, otherIndexes = [], browserDigest, request }: LinkRequest,
): Promise<void> {
  const ctx: Context = { ...system, actor: { kind: "nobody" }, request: { ...request, deviceToken: null } };
  await ctx.db.transaction(async (tx) => {
    const account = await lockByIdentity(tx, [identityIndex, ...otherIndexes]);
    if (!account)
      return recordRefusal(tx, ctx, { type: "activation_link.refused", accountId: null, reason: "no_account" });
    await issueActivationLink(tx, ctx, account, await isKnownBrowser(tx, account.id, browserDigest));
  });
}
