import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { schemaIsCurrent } from "#db/migrate.ts";
import { keyCheck } from "#db/schema/key-check.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { portalIfOpen } from "./portal.ts";
import { wrongKeys } from "./start/check-keys.ts";

/** A letter that has waited longer means that nobody delivers: a transport that is down is noticed before the staff call. */
const OLDEST_LETTER = minutes(15);
/** TOTP codes and 30-minute links suffer beyond it. */
const CLOCK_SKEW = seconds(30);
const KEPT_FOR = seconds(1);
/** A database that takes longer does not serve pages either. */
const PATIENCE = seconds(5);

export type Check = "started" | "database" | "schema" | "keys" | "queue" | "clock";

/** What is looked at: the open portal, or what an operator's command has at hand (no keys where they could not be read). */
export type Looked = { db: Db; keys: Keyring | null };

/** The checks that fail, by name; none where the portal can serve. Each asks the real thing. */
export async function failingChecks(open: Looked | undefined = portalIfOpen()): Promise<Check[]> {
  if (!open) return ["started"];
  const answer = Promise.all([
    database(open.db),
    fails("schema", async () => schemaIsCurrent(open.db)),
    fails(
      "keys",
      async () => open.keys !== null && wrongKeys(await open.db.select().from(keyCheck), open.keys).length === 0,
    ),
  ]);
  const late = new Promise<Check[][]>((give) => setTimeout(give, PATIENCE, [["database"]]).unref());
  const failing = (await Promise.race([answer, late])).flat();
  // Without its database nothing else can be judged.
  return failing.includes("database") ? ["database"] : [...new Set(failing)];
}

/** For whoever asks from outside: one look a second serves them all, so that asking often costs the pool nothing. */
export function createReadiness(
  look: () => Promise<Check[]> = () => failingChecks(),
  now: () => number = Date.now,
): () => Promise<Check[]> {
  let last: { found: Promise<Check[]>; until: number } | undefined;
  return () => {
    if (!last || last.until <= now()) {
      const found = look();
      const mine = { found, until: Number.POSITIVE_INFINITY };
      last = mine;
      const keep = (): void => void Object.assign(mine, { until: now() + KEPT_FOR });
      found.then(keep, keep);
    }
    return last.found;
  };
}

async function fails(check: Check, holds: () => Promise<boolean>): Promise<Check[]> {
  return (await holds().catch(() => false)) ? [] : [check];
}

/** Reached, and what only it knows: how long the oldest letter waits, and what time it is there. */
async function database(db: Db): Promise<Check[]> {
  try {
    await db.execute(sql`select 1`);
  } catch {
    return ["database"];
  }
  try {
    const before = Date.now();
    const { rows } = await db.execute<{ now: string; oldest: string | null }>(
      sql`select extract(epoch from clock_timestamp()) * 1000 as now, (select extract(epoch from min(created_at)) * 1000 from letter where state = 'queued') as oldest`,
    );
    const after = Date.now();
    const [row] = rows;
    const there = Number(row?.now);
    const skewed = there < before - CLOCK_SKEW || there > after + CLOCK_SKEW;
    const waits = row?.oldest ? there - Number(row.oldest) : 0;
    return [...(waits > OLDEST_LETTER ? (["queue"] as const) : []), ...(skewed ? (["clock"] as const) : [])];
  } catch {
    return ["schema"];
  }
}
