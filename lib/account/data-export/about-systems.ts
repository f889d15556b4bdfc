import { desc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import {
  accessRequest,
  consent,
  relyingParty,
  relyingPartyRole,
  relyingPartyRoleGrant,
  relyingPartySession,
} from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { readRequestWords } from "../read-request-words.ts";

const system = relyingParty.name;

/** What the person may do in the agency's systems, asked for and agreed to, and when they signed in to which; the newest first. */
export async function aboutSystems(tx: Tx, ctx: Pick<Context, "keys">, accountId: string) {
  const grants = relyingPartyRoleGrant;
  const roles = await tx
    .select({
      system,
      key: relyingPartyRole.key,
      nameMs: relyingPartyRole.nameMs,
      nameEn: relyingPartyRole.nameEn,
      fromAt: grants.fromAt,
      untilAt: grants.untilAt,
      grantedAt: grants.grantedAt,
      endedAt: grants.endedAt,
    })
    .from(grants)
    .innerJoin(relyingPartyRole, eq(relyingPartyRole.id, grants.roleId))
    .innerJoin(relyingParty, eq(relyingParty.id, relyingPartyRole.relyingPartyId))
    .where(eq(grants.accountId, accountId))
    .orderBy(desc(grants.grantedAt));
  const { scopes, claims, startedAt, lastUsedAt, endedAt, endedWhy } = relyingPartySession;
  const signIns = await tx
    .select({ system, scopes, claims, startedAt, lastUsedAt, endedAt, endedWhy })
    .from(relyingPartySession)
    .innerJoin(relyingParty, eq(relyingParty.id, relyingPartySession.relyingPartyId))
    .where(eq(relyingPartySession.accountId, accountId))
    .orderBy(desc(startedAt));
  const consents = await tx
    .select({ system, scopes: consent.scopes, givenAt: consent.givenAt, withdrawnAt: consent.withdrawnAt })
    .from(consent)
    .innerJoin(relyingParty, eq(relyingParty.id, consent.relyingPartyId))
    .where(eq(consent.accountId, accountId))
    .orderBy(desc(consent.givenAt));
  const requests = await tx
    .select({ system, request: accessRequest })
    .from(accessRequest)
    .innerJoin(relyingParty, eq(relyingParty.id, accessRequest.relyingPartyId))
    .where(eq(accessRequest.accountId, accountId))
    .orderBy(desc(accessRequest.requestedAt));
  const accessRequests = requests.map(({ system: of, request }) => {
    const { state, requestedAt, decidedAt } = request;
    return { system: of, state, requestedAt, decidedAt, ...readRequestWords(ctx, request) };
  });
  return { roles, signIns, consents, accessRequests };
}
