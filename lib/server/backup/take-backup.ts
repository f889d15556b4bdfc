import { createHash } from "node:crypto";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Head } from "#lib/audit/seal/last-seal.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { wrongKeys } from "../start/check-keys.ts";
import { TAR_END, tarFile } from "./archive/write-tar.ts";
import { BackupRefused } from "./backup-refused.ts";
import { listTables, readSequences, SAME_WORDS, type Table, UNHURRIED } from "./list-contents.ts";
import { type Beginning, FORMAT, JOBS, knownKeys, type Manifest, sha256, signManifest } from "./manifest.ts";

/** Bytes of one file of the archive: as much is in memory at once, however large a table is. */
export const PIECE = 1024 * 1024;

export type BackupWanted = {
  /** Any role that may read everything: `kunci_app` may. */
  databaseUrl: string;
  release: string;
  /** Null: the copy is not signed. */
  keys: Keyring | null;
  now: () => Date;
  /** Told after each piece. */
  onProgress?: (table: string, rows: number) => void;
};

export type Taken = { beginning: Beginning; manifest: Manifest };

/**
 * The whole database as one archive (tar), in pieces, as it is read: what was committed at one moment, while everybody goes on writing.
 * `whenDone` is told what is in it. Refused where the keys are not those the database was written with, or its schema is being changed.
 * Nobody waits for it but who changes tables; it holds one connection, and through PgBouncer one transaction.
 */
export async function* takeBackup(wanted: BackupWanted, whenDone: (taken: Taken) => void): AsyncGenerator<Buffer> {
  const client = new pg.Client({ connectionString: wanted.databaseUrl, application_name: "kunci backup" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const tables = await holdTables(client);
    const beginning = await beginningOf(client, wanted, tables);
    const first = Buffer.from(JSON.stringify(beginning));
    yield tarFile("kunci.json", first, wanted.now());
    const contents: Manifest["contents"] = {};
    for (const { name, columns } of tables) {
      const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
      const statement = `copy public.${client.escapeIdentifier(name)} (${list}) to stdout`;
      contents[name] = yield* contentOf(client, `tables/${name}`, statement, wanted);
    }
    contents[JOBS] = yield* contentOf(client, JOBS, waitingJobs, wanted);
    const manifest: Manifest = {
      ...{ beginning: sha256(first), contents },
      sequences: await readSequences(client),
      auditHead: await readHead(client),
    };
    yield tarFile("manifest.json", signManifest(manifest, wanted.keys), wanted.now());
    yield TAR_END;
    await client.query("commit");
    whenDone({ beginning, manifest });
  } finally {
    // Whoever breaks off leaves a statement under way: the connection ends with it.
    await client.end();
  }
}

/** What the queues owe; what comes round by the clock does so by itself. */
const waitingJobs = `copy (select j.id, j.name, j.data, j.start_after from pgboss.job j
  where j.state in ('created', 'retry', 'active') and not exists (select from pgboss.schedule s where s.name = j.name)
  order by j.id) to stdout`;

/** Opens the snapshot, behind a light lock on every table: none can be changed or rewritten before it was read. */
async function holdTables(client: pg.Client): Promise<Table[]> {
  const seen = await listTables(client);
  if (seen.length === 0) throw new BackupRefused("The database holds nothing: there is nothing to copy");
  await client.query("begin isolation level repeatable read, read only");
  await client.query(`${SAME_WORDS}; set local lock_timeout = '10s'; set local synchronize_seqscans = off`);
  const names = seen.map(({ name }) => `public.${client.escapeIdentifier(name)}`);
  await client.query(`lock table ${names.join(", ")} in access share mode`).catch((fault: { code?: string }) => {
    // lock_not_available, undefined_table
    throw fault.code === "55P03" || fault.code === "42P01" ? beingChanged() : fault;
  });
  await client.query(UNHURRIED);
  const tables = await listTables(client);
  if (JSON.stringify(tables) !== JSON.stringify(seen)) throw beingChanged();
  return tables;
}

const beingChanged = () => new BackupRefused("The schema is being changed at this moment (kunci migrate): try again");

async function beginningOf(
  client: pg.Client,
  { keys, now, release }: BackupWanted,
  tables: Table[],
): Promise<Beginning> {
  const keysKnown = await knownKeysOf(client);
  const wrong = keys ? wrongKeys(knownKeys({ keys: keysKnown }), keys) : [];
  if (wrong[0] !== undefined) throw new BackupRefused(wrong[0]);
  const migrations = await client.query<{ when: string; hash: string }>(
    `select created_at as "when", hash from drizzle.__drizzle_migrations order by created_at`,
  );
  const version = await client.query<{ server_version: string }>("show server_version");
  return {
    ...{ format: FORMAT, release, postgres: version.rows[0]?.server_version ?? "" },
    ...{ takenAt: now().toISOString(), signed: keys !== null },
    migrations: migrations.rows.map(({ when, hash }) => ({ when: Number(when), hash })),
    keys: keysKnown,
    tables: tables as Beginning["tables"],
  };
}

async function knownKeysOf(client: pg.Client): Promise<Beginning["keys"]> {
  // Through JSON, since the schema of a release before tells nothing of when: there each key writes.
  const { rows } = await client.query<{ purpose: string; keyId: string; digest: string; since: Date | null }>(
    `select purpose, key_id as "keyId", digest, case when to_jsonb(k) ? 'writes_since' then (to_jsonb(k)->>'writes_since')::timestamptz else first_seen_at end as since
      from key_check k order by purpose, key_id`,
  );
  return rows.map(({ since, ...key }) => ({ ...key, writesSince: since?.toISOString() ?? null }));
}

/** What COPY writes (its text format: a row is a line), as files of the archive; answers how many rows, and their digest. */
async function* contentOf(
  client: pg.Client,
  name: string,
  statement: string,
  { now, onProgress }: BackupWanted,
): AsyncGenerator<Buffer, Manifest["contents"][string]> {
  const digest = createHash("sha256");
  let rows = 0;
  let files = 0;
  for await (const piece of inPieces(client.query(copyTo(statement)))) {
    digest.update(piece);
    for (let at = piece.indexOf(LINE_END); at >= 0; at = piece.indexOf(LINE_END, at + 1)) rows += 1;
    files += 1;
    yield tarFile(`${name}/${String(files).padStart(6, "0")}`, piece, now());
    onProgress?.(name, rows);
  }
  return { rows, sha256: digest.digest("hex") };
}

const LINE_END = 10;

async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + PIECE - size);
      from += part.length;
      size += part.length;
      pieces.push(part);
      if (size === PIECE) {
        yield Buffer.concat(pieces);
        pieces = [];
        size = 0;
      }
    }
  }
  if (size > 0) yield Buffer.concat(pieces);
}

async function readHead(client: pg.Client): Promise<Head | null> {
  const { rows } = await client.query<{ number: number; lastId: string; sealedAt: Date; signature: string }>(
    `select number, last_id as "lastId", sealed_at as "sealedAt", signature from audit_seal order by number desc limit 1`,
  );
  const [last] = rows;
  return last ? { ...last, lastId: Number(last.lastId), sealedAt: last.sealedAt.toISOString() } : null;
}
