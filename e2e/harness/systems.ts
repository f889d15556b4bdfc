import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { connect, type Db } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { accessRequest } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { sealRefusal } from "#lib/relying-party/access/seal-request-words.ts";
import {
  addRelyingParty,
  addRelyingPartyRole,
  addRelyingPartySession,
  type RelyingPartyWanted,
} from "#lib/testing/relying-party.ts";
import { keysOf } from "./people.ts";

export type SystemWanted = RelyingPartyWanted & {
  /** Of its roles, those that the person is given. */
  held?: readonly string[];
  /** They are signed in to it from this session of the portal. */
  from?: string;
};

/**
 * Adds systems to the running portal, with roles in them for a person whom their office has confirmed. Their ids, in the
 * order of `systems`. What others of the portal's people should not meet has roles, and is not open to all.
 */
export async function settleSystems(
  dataDir: string,
  accountId: string,
  systems: readonly SystemWanted[],
): Promise<string[]> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    await db.$client.query("update account set staff_confirmed_at = now() where id = $1", [accountId]);
    const ids: string[] = [];
    for (const system of systems) ids.push(await settle(contextOf(db, dataDir), accountId, system));
    return ids;
  } finally {
    await db.$client.end();
  }
}

/** Somebody's office refuses what they have asked for, with these words. */
export async function refuseRequests(dataDir: string, accountId: string, why: string): Promise<void> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    const theirs = eq(accessRequest.accountId, accountId);
    for (const { id } of await db.select().from(accessRequest).where(theirs)) {
      const refusalSealed = sealRefusal(contextOf(db, dataDir), id, why);
      const decided = { state: "refused", decidedAt: new Date(), refusalSealed } as const;
      await db.update(accessRequest).set(decided).where(eq(accessRequest.id, id));
    }
  } finally {
    await db.$client.end();
  }
}

const contextOf = (db: Db, dataDir: string): Context =>
  ({ db, now: () => new Date(), random: randomBytes, keys: keysOf(dataDir) }) as unknown as Context;

async function settle(ctx: Context, accountId: string, { held = [], from, ...wanted }: SystemWanted): Promise<string> {
  const added = await addRelyingParty(ctx, wanted);
  for (const role of added.roles.filter(({ key }) => held.includes(key)))
    await addRelyingPartyRole(ctx, { id: accountId }, role);
  if (from !== undefined) await addRelyingPartySession(ctx, { actor: { accountId, sessionId: from } }, added);
  return added.id;
}
