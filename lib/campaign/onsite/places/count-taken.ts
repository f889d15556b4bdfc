import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";

const statement = {
  name: "onsite_taken",
  text: "select count(*)::int as taken from onsite_place where session_id = $1 and state in ('booked', 'attended')",
};

/** How many places of a session are taken: by whoever is to come, and by whoever came. Exact while the session is held. */
export async function countTaken(tx: Tx, sessionId: string): Promise<number> {
  const [row] = await run<{ taken: number }>(tx, statement, [sessionId]);
  return row?.taken ?? 0;
}
