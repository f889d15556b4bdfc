import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Db, Tx } from "#db/client.ts";
import { grants, MIGRATION_LOCK } from "#db/migrate.ts";
import * as schema from "#db/schema/index.ts";
import { type Doer, record } from "#lib/audit/record.ts";
import { type Verdict, verifyTrail } from "#lib/audit/seal/verify-trail.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { wrongKeys } from "../../start/check-keys.ts";
import { prepareBanks } from "../../start/prepare-banks.ts";
import { prepareDatabase } from "../../start/prepare-database.ts";
import { BackupRefused } from "../backup-refused.ts";
import { SAME_WORDS, UNHURRIED } from "../list-contents.ts";
import { type Beginning, JOBS, knownKeys, type Manifest, type Origin } from "../manifest.ts";
import { readBackup } from "../read-backup.ts";
import { applySteps, dropEmpty, type Steps, setAside, stepsFrom } from "./build-schema.ts";
import { type Ended, endWhatLived, owedAgain } from "./end-what-lived.ts";
import { type Loader, loadRows, RESTORED_JOBS } from "./load-rows.ts";
import { mustBeEmpty } from "./must-be-empty.ts";

export type RestoreWanted = {
  ownerUrl: string;
  /** What the application connects with, so that its role is let in. */
  databaseUrl: string | null;
  /** Null: neither the signature nor the trail can be looked at, and the portal stays closed until the keys are there. */
  keys: Keyring | null;
  /** Nothing happened since the copy was taken: the portal was stopped before, and moves. Then nothing has to end. */
  moved: boolean;
  /** Take a copy that nobody signed, or whose trail was broken when it was taken. */
  evenUnsigned: boolean;
  evenBroken: boolean;
  doer: Doer;
  onProgress?: (content: string) => void;
};

export type Restored = {
  beginning: Beginning;
  origin: Origin;
  rows: number;
  /** Null where there were no keys to look with. */
  trail: Verdict | null;
  ended: Ended | null;
  /** Work of the queues that goes on. */
  jobs: number;
};

/**
 * Restores a decrypted copy into an empty database, as its owner, in one transaction: everything, proven against its manifest, or
 * nothing. Brings the schema to this release. Refused where the database holds anything, the keys are others, the copy is of a newer
 * release, cut off, altered, of another portal, or its audit trail is broken.
 */
export async function restoreBackup(archive: AsyncIterable<Buffer>, wanted: RestoreWanted): Promise<Restored> {
  const client = new pg.Client({ connectionString: wanted.ownerUrl, application_name: "kunci restore" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await mustBeEmpty(client);
    const restored = await within(client, archive, wanted);
    await client.query(
      `analyze ${restored.beginning.tables.map(({ name }) => client.escapeIdentifier(name)).join(", ")}`,
    );
    // What people choose from in this release, where the copy is of one before.
    await prepareBanks(wanted.ownerUrl);
    return restored;
  } finally {
    // Rolls back what was not committed.
    await client.end();
  }
}

async function within(client: pg.Client, archive: AsyncIterable<Buffer>, wanted: RestoreWanted): Promise<Restored> {
  const { keys, doer } = wanted;
  let work: Work | undefined;
  const { beginning, manifest, origin } = await readBackup(archive, keys, {
    begin: async (copy) => {
      work = await makeReady(client, copy, wanted);
    },
    piece: async (content, bytes) => {
      wanted.onProgress?.(content);
      await work?.loader.piece(content, bytes);
    },
  });
  if (!work) throw new Error("The copy was read without being begun");
  const taken = await work.loader.end();
  wanted.onProgress?.("indexes");
  for (const statement of work.putBack) await client.query(statement);
  for (const [name, { last, called }] of Object.entries(manifest.sequences))
    await client.query("select setval(format('public.%I', $1::text)::regclass, $2::bigint, $3)", [name, last, called]);
  const rows = await compareCounts(client, manifest, taken);
  await applySteps(client, work.steps.after);
  await client.query(grants.join("; "));
  // Everything below speaks on this connection, within the transaction.
  const db = drizzle(client, { schema }) as unknown as Db;
  const tx = db as unknown as Tx;
  wanted.onProgress?.("audit trail");
  const trail = keys && (await verifyTrail({ db, keys }, manifest.auditHead));
  if (trail?.broken && !wanted.evenBroken)
    throw new BackupRefused(
      `The copy is whole, but the audit trail in it is not as it was sealed (seal ${trail.broken.seal}, ${trail.broken.what}): it was touched before the copy was taken. Take an older copy, or --broken-trail`,
    );
  // Those that held keys when the copy was taken run elsewhere, or no more.
  await client.query("delete from instance");
  const ended = wanted.moved ? null : await endWhatLived(tx, doer);
  const jobs = await owedAgain(tx, { all: wanted.moved });
  await record(tx, doer, { type: "backup.restored", accountId: null, takenAt: beginning.takenAt, moved: wanted.moved });
  await client.query("commit");
  return { beginning, origin, rows, trail, ended, jobs };
}

type Work = { steps: Steps; loader: Loader; putBack: readonly string[] };

/** Refuses first, and changes nothing until all of it is looked at. Then the transaction is open. */
async function makeReady(client: pg.Client, copy: Beginning, wanted: RestoreWanted): Promise<Work> {
  if (!copy.signed && !wanted.evenUnsigned)
    throw new BackupRefused(
      "The copy was taken without the portal's keys, so nothing proves whose it is: --unsigned takes it all the same",
    );
  const wrong = wanted.keys ? wrongKeys(knownKeys(copy), wanted.keys) : [];
  if (wrong[0] !== undefined) throw new BackupRefused(`The keys are not those of the copy. ${wrong.join(". ")}`);
  const steps = stepsFrom(copy);
  // The role, the queues' own tables, and an empty portal, which is also what stays where the rest is refused.
  await prepareDatabase(wanted.ownerUrl, wanted.databaseUrl);
  await client.query(`begin; set local lock_timeout = '10s'; set local maintenance_work_mem = '256MB'; ${SAME_WORDS}`);
  await client.query(UNHURRIED);
  await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
  await dropEmpty(client, await mustBeEmpty(client));
  await applySteps(client, steps.before);
  const putBack = await setAside(client);
  return { steps, putBack, loader: await loadRows(client, copy.tables) };
}

/** Answers how many rows there are in all. Rejects where the database counts others than were copied. */
async function compareCounts(client: pg.Client, manifest: Manifest, taken: Record<string, number>): Promise<number> {
  const counts = Object.keys(manifest.contents).map((name) => {
    const table = name === JOBS ? RESTORED_JOBS : `public.${client.escapeIdentifier(name)}`;
    return `select ${client.escapeLiteral(name)} as name, count(*) as count from ${table}`;
  });
  const { rows: found } = await client.query<{ name: string; count: string }>(counts.join(" union all "));
  for (const { name, count } of found) {
    const rows = manifest.contents[name]?.rows;
    if (Number(count) !== rows || (taken[name] ?? 0) !== rows)
      throw new BackupRefused(`Of ${rows} rows of "${name}" in the copy, the database holds ${count}`);
  }
  return found.reduce((sum, { name, count }) => sum + (name === JOBS ? 0 : Number(count)), 0);
}
