import { type Adapter, type AdapterPayload, errors } from "oidc-provider";
import { record } from "#lib/audit/record.ts";
import { digest } from "#lib/kernel/digest.ts";
import { after, before, hours } from "#lib/kernel/time.ts";
import { endRelyingPartySessions } from "../../end-relying-party-sessions.ts";
import { addCode, beginSignIn } from "../session/begin-sign-in.ts";
import type { SignedIn } from "../session/find-signed-in.ts";
import { thisRequest } from "../this-request.ts";
import { findRecord } from "./find-granted.ts";
import { INTERACTION, keptInteraction } from "./interaction-record.ts";
import {
  consumeRecord,
  type NewRecord,
  openRecord,
  recordOf,
  removeRecord,
  USED_STEP,
  writeRecord,
} from "./records.ts";

/** As long as one interaction lives. */
const ASKED_FOR = hours(1);

/** What is used once, at the token endpoint: it and what it is exchanged for are written together, when all is made. */
const EXCHANGED = new Set(["AuthorizationCode", "RefreshToken"]);
const OF_A_GRANT = new Set([...EXCHANGED, "AccessToken"]);

/**
 * What oidc-provider keeps, on our table. It asks for one thing at a time; this answers out of what one statement found for the
 * request, and writes what belongs together at once.
 */
export function adapterOf(model: string): Adapter {
  return {
    find: (id) => find(model, id),
    upsert: (id, payload, expiresIn = 0) => keep(model, id, payload, expiresIn),
    consume: (id) => consume(model, id),
    destroy: (id) => (model === "Grant" ? endGrant(id) : removeRecord(thisRequest().ctx, model, id)),
    // A grant that has ended takes its codes and tokens with it; a single token that is revoked takes nothing else.
    revokeByGrantId: async () => undefined,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  };
}

async function find(model: string, id: string): Promise<AdapterPayload | undefined> {
  const request = thisRequest();
  const found = await findRecord(request.ctx, model, id);
  if (!found) return undefined;
  const payload = openRecord(request.ctx, model, id, found.payloadSealed);
  if (payload.approvalId !== undefined) request.approvalId = payload.approvalId;
  if (EXCHANGED.has(model)) request.presented = model === "AuthorizationCode" ? "code" : "token";
  if (model === INTERACTION) request.interaction = keptInteraction(id, payload);
  if (found.consumedAt) payload.consumed = Math.floor(found.consumedAt.getTime() / 1_000);
  if (!OF_A_GRANT.has(model)) return payload;
  // What it hangs on has ended, or may not be opened any more: so has it.
  if (found.mayOpen !== true) return undefined;
  request.granted.set(found.grantId, found);
  return { ...payload, grantId: found.grantId, ...(payload.sid ? { sid: found.grantId } : {}) };
}

async function keep(model: string, id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
  const request = thisRequest();
  const { ctx } = request;
  if (model === INTERACTION) {
    // One that follows on another asked when that did: what was proven for it since counts. But no chain of them makes a
    // proof of the morning one that is fresh in the afternoon.
    const asked = request.interaction?.startedAt;
    const startedAt = (asked && after(asked, ASKED_FOR) > ctx.now() ? asked : ctx.now()).toISOString();
    return writeRecord(ctx, recordOf(ctx, model, id, { ...payload, startedAt }, expiresIn));
  }
  if (model === "AuthorizationCode") {
    const { approvalId } = request;
    return beginWith(
      payload,
      recordOf(ctx, model, id, { ...payload, ...(approvalId !== undefined && { approvalId }) }, expiresIn),
    );
  }
  const record = recordOf(ctx, model, id, payload, expiresIn);
  if (OF_A_GRANT.has(model)) return void request.adds.push(record);
  return writeRecord(ctx, record);
}

async function beginWith(payload: AdapterPayload, code: NewRecord): Promise<void> {
  const { ctx, signedIn, grant } = thisRequest();
  if (!signedIn?.relyingPartyId || !grant) throw new Error("A code was made for nobody");
  const { accountId, sessionId, relyingPartyId, system } = signedIn;
  if (signedIn.grantId && addsNothing(signedIn, grant, ctx.now()) && (await addCode(ctx, signedIn.grantId, code)))
    return;
  const level = payload.acr ?? "";
  await beginSignIn(ctx, { accountId, sessionId, relyingPartyId, system: system ?? "", level, ...grant }, code);
}

/** What was granted says all of it already, and was used a moment ago: the sign-in stays as it is written. */
const addsNothing = (
  open: SignedIn,
  grant: { scopes: readonly string[]; claims: readonly string[] },
  now: Date,
): boolean =>
  open.grantUsedAt !== null &&
  open.grantUsedAt > before(now, USED_STEP) &&
  grant.scopes.length === open.scopes?.length &&
  grant.claims.length === (open.claims?.length ?? 0);

async function consume(model: string, id: string): Promise<void> {
  const request = thisRequest();
  const [grantId] = request.granted.keys();
  if (EXCHANGED.has(model) && grantId !== undefined) {
    request.consumes = { model, idDigest: digest(id), grantId };
    return;
  }
  if (!(await consumeRecord(request.ctx, model, id)))
    throw new errors.InvalidRequestUri("request_uri is invalid, expired, or was already used");
}

/**
 * Ends a sign-in at a relying party for a code or refresh token that came twice (RFC 6749 §4.1.2, RFC 9700 §4.14.2), or because
 * the relying party gave its refresh token back (RFC 7009).
 */
export async function endGrant(grantId: string): Promise<void> {
  const { ctx, path, granted, presented } = thisRequest();
  const found = granted.get(grantId);
  if (!found) return;
  const { accountId, relyingPartyId, system } = found;
  const reused = path === "/token" ? presented : undefined;
  await ctx.db.transaction(async (tx) => {
    const ended = await endRelyingPartySessions(
      tx,
      ctx,
      { relyingPartySessionIds: [grantId] },
      reused === undefined ? "signed_out_of_system" : `${reused}_reused`,
    );
    if (ended > 0 && reused !== undefined)
      await record(tx, ctx, {
        type: `relying_party.${reused}_reused`,
        accountId,
        relyingPartyId,
        system,
        relyingPartySessionId: grantId,
      });
  });
}
