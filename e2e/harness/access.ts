import { randomBytes, randomUUID } from "node:crypto";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { accessRequest, relyingPartyRole } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { sealNote } from "#lib/relying-party/access/seal-request-words.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { keysOf } from "./people.ts";

export type SystemAsked = {
  name: string;
  /** By their keys, with their names in both languages. */
  roles: Readonly<Record<string, readonly [ms: string, en: string]>>;
  /** What for, in the words of whoever asks. */
  note?: string;
};

/** Adds a system with roles to the running portal, and somebody's request for access to it. */
export async function settleRequest(
  dataDir: string,
  accountId: string,
  { name, roles, note }: SystemAsked,
): Promise<{ systemId: string; requestId: string }> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    const ctx = { db, now: () => new Date(), random: randomBytes, keys: keysOf(dataDir) } as unknown as Context;
    const { id: systemId } = await addRelyingParty(ctx, { name });
    await db.insert(relyingPartyRole).values(
      Object.entries(roles).map(([key, [nameMs, nameEn]]) => ({
        id: randomUUID(),
        relyingPartyId: systemId,
        key,
        nameMs,
        nameEn,
      })),
    );
    const requestId = randomUUID();
    await db.insert(accessRequest).values({
      id: requestId,
      accountId,
      relyingPartyId: systemId,
      noteSealed: note ? sealNote(ctx, requestId, note) : null,
      requestedAt: new Date(),
    });
    return { systemId, requestId };
  } finally {
    await db.$client.end();
  }
}
