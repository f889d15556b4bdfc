import { and, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { relyingParty, relyingPartyRole, relyingPartyRoleGrant, relyingPartySecret } from "#db/schema/relying-party.ts";
import { blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest, keyedHash } from "#lib/kernel/digest.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import type { ExampleClients } from "./serve-examples.ts";
import { addressesOf, type ExampleSlug, exampleSlugs, exampleSystems } from "./systems.ts";

/**
 * Registers the example systems that answer at `origin`, and answers what they sign in to the portal with. At a later start
 * only their addresses are brought up to date: what administrators and officers have changed stays.
 */
export async function registerExamples(ctx: Context, origin: string): Promise<ExampleClients> {
  const clients: ExampleClients = {};
  await ctx.db.transaction(async (tx) => {
    for (const slug of exampleSlugs) {
      const clientSecret = keyedHash(ctx.keys.link, "example system", slug).toString("base64url");
      await register(tx, ctx, slug, origin, digest(clientSecret));
      clients[slug] = { clientId: exampleSystems[slug].clientId, clientSecret };
    }
  });
  return clients;
}

async function register(tx: Tx, ctx: Context, slug: ExampleSlug, origin: string, secretDigest: string): Promise<void> {
  const { clientId, name, descriptionMs, descriptionEn, minimumLevel, openToAll, roles } = exampleSystems[slug];
  const now = ctx.now();
  const { page, signIn, callback, signedOut, backchannelLogout } = addressesOf(origin, slug);
  const addresses = {
    redirectUris: [callback],
    postLogoutRedirectUris: [signedOut],
    backchannelLogoutUri: backchannelLogout,
    initiateLoginUri: signIn,
    startUri: page,
  };
  const [row] = await tx
    .insert(relyingParty)
    .values({
      id: uuidv7(now, ctx.random),
      clientId,
      name,
      descriptionMs,
      descriptionEn,
      owner: "Unit Contoh, 03-0000 1234",
      minimumLevel,
      openToAll,
      createdAt: now,
      ...addresses,
    })
    .onConflictDoUpdate({ target: relyingParty.clientId, set: addresses })
    .returning({ id: relyingParty.id, isNew: sql<boolean>`xmax = 0` });
  if (!row) throw new Error("An example system was not registered");
  await tx
    .insert(relyingPartySecret)
    .values({ id: uuidv7(now, ctx.random), relyingPartyId: row.id, digest: secretDigest, createdAt: now })
    .onConflictDoNothing();
  if (!row.isNew) return;
  for (const { key, nameMs, nameEn, heldBy } of roles) {
    const roleId = uuidv7(now, ctx.random);
    await tx.insert(relyingPartyRole).values({ id: roleId, relyingPartyId: row.id, key, nameMs, nameEn });
    for (const mykad of heldBy) await grant(tx, ctx, roleId, mykad);
  }
}

/** To a person of the demonstration; nobody where it was filled otherwise. */
async function grant(tx: Tx, ctx: Context, roleId: string, mykad: string): Promise<void> {
  const [holder] = await tx
    .select({ id: account.id })
    .from(account)
    .where(
      and(
        inArray(account.identityIndex, blindIndexes(ctx.keys, { type: "mykad", number: mykad })),
        isNull(account.closedAt),
      ),
    )
    .limit(1);
  const now = ctx.now();
  if (!holder) return;
  await tx
    .insert(relyingPartyRoleGrant)
    .values({ id: uuidv7(now, ctx.random), accountId: holder.id, roleId, fromAt: now, grantedAt: now });
}
