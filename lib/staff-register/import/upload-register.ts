import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { staffImport, staffImportChunk } from "#db/schema/staff-register.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { lengthOf, unfitText } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { sendJob } from "#lib/mail/send-job.ts";
import { keepFile } from "./kept-file.ts";
import { mayImport } from "./may-import.ts";
import { STAFF_IMPORTS_QUEUE, type StaffImportJob } from "./queue.ts";

/** In bytes: half a million rows of text. */
export const LARGEST_FILE = 64 * 1024 * 1024;
const LONGEST_NAME = 200;

const uploadRefusals = ["file_empty", "file_too_large", "file_incomplete"] as const;
export type UploadRefusal = (typeof uploadRefusals)[number] | "signed_out" | "not_found";

/** `isWhole`: whoever the file does not name has left. */
export type Upload = { fileName: string; isWhole: boolean };

/**
 * Keeps a file of the staff register, encrypted, as it streams in, and leaves its reading to the jobs. `body` may throw
 * where the rest does not come (`file_incomplete`). Nothing is left of a file that did not arrive whole. Refuses
 * `signed_out` and `not_found` (no right to import: recorded).
 */
export async function uploadRegister(
  ctx: Context,
  { fileName, isWhole }: Upload,
  body: AsyncIterable<Buffer>,
): Promise<Result<string, UploadRefusal>> {
  const begun = await ctx.db.transaction((tx) => begin(tx, ctx, plainName(fileName), isWhole));
  if (!begun.ok) return begun;
  const importId = begun.value;
  const measured = measure(body);
  try {
    await keepFile(ctx, importId, measured.pieces());
  } catch (fault) {
    await forget(ctx, importId);
    if (fault instanceof TooLarge) return refuse("file_too_large");
    if (fault instanceof Incomplete) return refuse("file_incomplete");
    throw fault;
  }
  if (measured.size() === 0) {
    await forget(ctx, importId);
    return refuse("file_empty");
  }
  return ctx.db.transaction(async (tx) => {
    const may = await mayImport(tx, ctx);
    if (!may.ok) {
      await tx.delete(staffImport).where(eq(staffImport.id, importId));
      return may;
    }
    await tx
      .update(staffImport)
      .set({ state: "reading", size: measured.size(), digest: measured.digest() })
      .where(and(eq(staffImport.id, importId), eq(staffImport.state, "receiving")));
    await record(tx, ctx, { type: "register.uploaded", accountId: null, importId });
    await askForReading(tx, ctx, importId);
    return ok(importId);
  });
}

/** Wakes the jobs for a file that is to be read or applied. */
export const askForReading = (tx: Tx, ctx: Pick<Context, "now" | "random">, importId: string): Promise<void> =>
  sendJob<StaffImportJob>(tx, STAFF_IMPORTS_QUEUE, { importId }, uuidv7(ctx.now(), ctx.random));

async function begin(
  tx: Tx,
  ctx: Context,
  fileName: string,
  isWhole: boolean,
): Promise<Result<string, "signed_out" | "not_found">> {
  const may = await mayImport(tx, ctx);
  if (!may.ok) return may;
  const id = uuidv7(ctx.now(), ctx.random);
  await tx
    .insert(staffImport)
    .values({ id, state: "receiving", fileName, isWhole, uploadedBy: may.value, uploadedAt: ctx.now() });
  return ok(id);
}

async function forget(ctx: Context, importId: string): Promise<void> {
  await ctx.db.delete(staffImportChunk).where(eq(staffImportChunk.importId, importId));
  await ctx.db.delete(staffImport).where(eq(staffImport.id, importId));
}

/** Thrown by whoever reads the upload, where its rest does not come. */
export class Incomplete extends Error {}
class TooLarge extends Error {}

function measure(body: AsyncIterable<Buffer>) {
  const hash = createHash("sha256");
  let size = 0;
  return {
    size: () => size,
    digest: () => hash.digest("base64url"),
    async *pieces() {
      for await (const piece of body) {
        size += piece.length;
        if (size > LARGEST_FILE) throw new TooLarge();
        hash.update(piece);
        yield piece;
      }
    },
  };
}

/** What a browser sends as a file's name may be anything: shown as a name only where it is plain text. */
export function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1)?.normalize("NFC").trim() ?? "";
  return last === "" || unfitText(last) !== null || lengthOf(last) > LONGEST_NAME ? "–" : last;
}
