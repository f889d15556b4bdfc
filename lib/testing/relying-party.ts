import { randomUUID } from "node:crypto";
import {
  relyingParty,
  relyingPartyRole,
  relyingPartyRoleGrant,
  relyingPartySecret,
  relyingPartySession,
} from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";

export type RelyingPartyWanted = Partial<typeof relyingParty.$inferInsert> & { roles?: readonly string[] };

/** A relying party with a secret; its roles are called by their keys. */
export async function addRelyingParty(ctx: Context, { roles = [], ...wanted }: RelyingPartyWanted = {}) {
  const id = wanted.id ?? randomUUID();
  const clientSecret = ctx.random(32).toString("base64url");
  const [added] = await ctx.db
    .insert(relyingParty)
    .values({
      clientId: `sistem-${id.slice(0, 8)}`,
      name: "Cuti dan Kehadiran",
      redirectUris: ["https://cuti.contoh.example.gov.my/callback"],
      createdAt: ctx.now(),
      ...wanted,
      id,
    })
    .returning();
  if (!added) throw new Error("The relying party was not added");
  await ctx.db
    .insert(relyingPartySecret)
    .values({ id: randomUUID(), relyingPartyId: id, digest: digest(clientSecret), createdAt: ctx.now() });
  const declared = roles.map((key) => ({ id: randomUUID(), relyingPartyId: id, key, nameMs: key, nameEn: key }));
  if (declared.length > 0) await ctx.db.insert(relyingPartyRole).values(declared);
  return { ...added, clientSecret, roles: declared };
}

/** Gives somebody a role of a relying party, by an operator. */
export async function addRelyingPartyRole(
  ctx: Context,
  account: { id: string },
  role: { id: string },
  { fromAt = ctx.now(), untilAt = null }: { fromAt?: Date; untilAt?: Date | null } = {},
): Promise<{ id: string }> {
  const id = randomUUID();
  await ctx.db
    .insert(relyingPartyRoleGrant)
    .values({ id, accountId: account.id, roleId: role.id, fromAt, untilAt, grantedAt: ctx.now() });
  return { id };
}

/** Somebody signed in to a relying party from a session of the portal. */
export async function addRelyingPartySession(
  ctx: Context,
  from: { actor: { accountId: string; sessionId: string } },
  at: { id: string },
): Promise<{ id: string }> {
  const id = randomUUID();
  await ctx.db.insert(relyingPartySession).values({
    id,
    sessionId: from.actor.sessionId,
    accountId: from.actor.accountId,
    relyingPartyId: at.id,
    scopes: ["openid", "profile", "email"],
    startedAt: ctx.now(),
    lastUsedAt: ctx.now(),
  });
  return { id };
}
