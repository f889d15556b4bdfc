import { open, readdir, rename } from "node:fs/promises";
import path from "node:path";
import type { Context } from "#lib/kernel/context.ts";
import { MOST_OF_A_MAIL, takeBounce } from "./take-bounce.ts";

/** In one go; the rest is for the next. */
const MOST_MAILS = 500;

/** How many mails were read, how many of them were bounces of our letters, and how many could not be dealt with. */
export type Collected = { read: number; ours: number; failed: number };

/**
 * Reads the new mails of a Maildir (cr.yp.to/proto/maildir.html) and moves them from `new` to `cur`: what was a bounce of
 * ours as seen, anything else unseen, for a person. One that fails stays new. Several may look through the same folder.
 * null where there was nothing to read. Rejects where the
 * folder cannot be read.
 */
export async function collectBounces(ctx: Context, maildir: string): Promise<Collected | null> {
  const collected: Collected = { read: 0, ours: 0, failed: 0 };
  const folder = path.join(/* turbopackIgnore: true */ maildir, "new");
  const waiting = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort()
    .slice(0, MOST_MAILS);
  for (const name of waiting) {
    try {
      const taken = await takeBounce(ctx, await readBeginning(path.join(folder, name)));
      const isOurs = taken.some(({ letterId }) => letterId !== null);
      await rename(
        path.join(folder, name),
        path.join(/* turbopackIgnore: true */ maildir, "cur", `${name.split(":")[0]}:2,${isOurs ? "S" : ""}`),
      );
      collected.read += 1;
      if (isOurs) collected.ours += 1;
    } catch (fault) {
      // Another instance was faster.
      if ((fault as NodeJS.ErrnoException).code !== "ENOENT") collected.failed += 1;
    }
  }
  return collected.read + collected.failed > 0 ? collected : null;
}

/** The first part of a file, however long it is. */
export async function readBeginning(file: string): Promise<Buffer> {
  const opened = await open(file);
  try {
    const buffer = Buffer.alloc(MOST_OF_A_MAIL);
    let filled = 0;
    for (;;) {
      const { bytesRead } = await opened.read(buffer, filled, buffer.length - filled, filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === buffer.length) return buffer.subarray(0, filled);
    }
  } finally {
    await opened.close();
  }
}
