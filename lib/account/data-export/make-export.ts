import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { and, eq, isNull } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { dataExport } from "#db/schema/profile.ts";
import type { Context } from "#lib/kernel/context.ts";
import { sealBytes } from "#lib/kernel/sealed.ts";
import { gatherData } from "./gather-data.ts";

export const EXPORT_PURPOSE = "data_export.body";

/**
 * Makes the copy that is owed: read as of one moment, compressed as it is read, sealed. One that is made or was thrown
 * away meanwhile is left alone, so that it may be tried again and twice at once.
 */
export async function makeExport(ctx: Context, exportId: string): Promise<void> {
  const owed = and(eq(dataExport.id, exportId), isNull(dataExport.readyAt));
  const gathered = await ctx.db.transaction(
    async (tx) => {
      const [found] = await tx
        .select({ owner: accounts })
        .from(dataExport)
        .innerJoin(accounts, eq(accounts.id, dataExport.accountId))
        .where(owed);
      return found ? compress(gatherData(tx, ctx, found.owner)) : null;
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
  if (!gathered) return;
  const body = sealBytes(ctx.keys.sealing, ctx.random, gathered.compressed, EXPORT_PURPOSE, exportId);
  await ctx.db.update(dataExport).set({ readyAt: ctx.now(), body, size: gathered.size }).where(owed);
}

/** `size`: of the text, in bytes. */
async function compress(pieces: AsyncIterable<string>): Promise<{ compressed: Buffer; size: number }> {
  let size = 0;
  async function* counted() {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece);
      size += bytes.length;
      yield bytes;
    }
  }
  const chunks: Buffer[] = [];
  for await (const chunk of Readable.from(counted()).pipe(createGzip())) chunks.push(chunk as Buffer);
  return { compressed: Buffer.concat(chunks), size };
}
