import type { Db } from "#db/client.ts";
import { schemaIsCurrent } from "#db/migrate.ts";
import { keyCheck } from "#db/schema/key-check.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { seconds } from "#lib/kernel/time.ts";
import type { Config } from "./config.ts";
import type { Check, Failing } from "./health/checks.ts";
import { metFullDisk } from "./health/database-refusals.ts";
import { freeSpace, LEAST_FREE } from "./health/free-space.ts";
import { codeOf, lookAtDatabase } from "./health/look-at-database.ts";
import { portalIfOpen } from "./portal.ts";
import { wrongKeys } from "./start/check-keys.ts";

const KEPT_FOR = seconds(1);
/** A database that takes longer does not serve pages either. */
const PATIENCE = seconds(5);

/**
 * What is looked at: the open portal, or what an operator's command has at hand (no keys where they could not be read).
 * `mail`: why the mail server was not reached when it was last tried, null where it was; absent: nobody tried.
 */
export type Looked = {
  db: Db;
  keys: Keyring | null;
  config?: Pick<Config, "dataDir">;
  mail?: string | null;
};

/** The checks that fail; none where all is well. Each asks the real thing. */
export async function findFailing(open: Looked | undefined = portalIfOpen()): Promise<Failing[]> {
  if (!open) return [{ check: "started" }];
  const answer = Promise.all([
    lookAtDatabase(open.db),
    fails("schema", () => schemaIsCurrent(open.db)),
    fails(
      "keys",
      async () => open.keys !== null && wrongKeys(await open.db.select().from(keyCheck), open.keys).length === 0,
    ),
    open.mail ? [{ check: "mail", seen: open.mail } as const] : [],
    disk(open.config?.dataDir),
    metFullDisk() ? [{ check: "disk", seen: "PostgreSQL has no room left" } as const] : [],
  ]);
  const late = new Promise<Failing[][]>((give) =>
    setTimeout(give, PATIENCE, [[{ check: "database", seen: `no answer within ${PATIENCE / 1_000} s` }]]).unref(),
  );
  const failing = (await Promise.race([answer, late])).flat();
  // Without its database nothing else of it can be judged.
  const away = failing.find(({ check }) => check === "database");
  if (away) return [away, ...failing.filter(({ check }) => check === "mail" || check === "disk")];
  return failing.filter(({ check }, n) => failing.findIndex((other) => other.check === check) === n);
}

/** The same by name alone. */
export const failingChecks = async (open?: Looked): Promise<Check[]> =>
  (await findFailing(open)).map(({ check }) => check);

/** Milliseconds that nobody sets: where the wall's clock goes back, what was kept for a second would be kept for as long. */
const sinceStart = (): number => performance.now();

/** For whoever asks from outside: one look a second serves them all, so that asking often costs the pool nothing. */
export function createReadiness<T>(look: () => Promise<T>, now: () => number = sinceStart): () => Promise<T> {
  let last: { found: Promise<T>; until: number } | undefined;
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

async function fails(check: Check, holds: () => Promise<boolean>): Promise<Failing[]> {
  try {
    return (await holds()) ? [] : [{ check }];
  } catch (fault) {
    return [{ check, seen: codeOf(fault) }];
  }
}

async function disk(folder: string | undefined): Promise<Failing[]> {
  const free = folder === undefined ? null : await freeSpace(folder);
  return free === null || free >= LEAST_FREE
    ? []
    : [{ check: "disk", seen: `${Math.round(free / 1_048_576)} MB are free in the data folder` }];
}
