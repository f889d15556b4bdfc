import { DrizzleQueryError } from "drizzle-orm";
import { BackupRefused } from "#lib/server/backup/backup-refused.ts";
import { plainFault } from "#lib/server/log.ts";
import { StartRefused } from "#lib/server/start/start-refused.ts";

/**
 * What a command that failed says, a line each. Refusals were written for the operator and name their files, whose dates may look
 * like somebody's number. Of a query that failed, what the database or the way there said, not the query.
 */
export function wordsOfFault(fault: unknown): readonly string[] {
  if (fault instanceof BackupRefused || fault instanceof StartRefused) return fault.message.split("\n");
  if (!(fault instanceof DrizzleQueryError)) return [plainFault(fault).message];
  const { message, code } = plainFault(fault.cause);
  return [`the database: ${message || "no answer"}${code ? ` (${code})` : ""}. Look further: npm run kunci -- doctor`];
}
