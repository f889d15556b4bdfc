import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";

/**
 * Commits this transaction without waiting for the disk. For a batch that moves the import's cursor with its rows: where
 * the database's machine loses its power, both are lost together, and the work goes on from the cursor that is left. What
 * was seen of such a batch is not lost: logs are written in order, so that whatever is committed after it keeps it too,
 * the end of the import and everybody's own changes among them, which do wait.
 */
export const commitLazily = async (tx: Tx): Promise<void> => {
  await tx.execute(sql`set local synchronous_commit = off`);
};
