import path from "node:path";
import type pg from "pg";
import type { TestProject } from "vitest/node";
import { joinEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { prepareQueues } from "#lib/server/jobs/prepare-queues.ts";
import { prepareBanks } from "#lib/server/start/prepare-banks.ts";
import { dropDatabases, emptied, onDatabase, PRISTINE, templateOf, withClient } from "./test-databases.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The test server: its owner's and the application role's URL (maintenance database), and the run whose databases are used. */
    postgres: { ownerUrl: string; appUrl: string; run: number };
  }
}

/** Once per run: one embedded PostgreSQL (shared where another run is at work), one migrated template; workers copy it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await joinEmbedded(path.resolve(".data/test"));
  const run = process.pid;
  await dropDatabases(server.ownerUrl, run);
  await withClient(server.ownerUrl, async (owner) => {
    // What a crash would lose is thrown away after the run anyway.
    for (const setting of ["fsync", "synchronous_commit", "full_page_writes"])
      await owner.query(`alter system set ${setting} = off`);
    await owner.query("select pg_reload_conf()");
    await owner.query(`create database "${templateOf(run)}"`);
  });
  const template = onDatabase(server.ownerUrl, templateOf(run));
  const appPassword = decodeURIComponent(new URL(server.appUrl).password);
  await migrate(template, { appPassword, prepare: [prepareQueues, prepareBanks] });
  await withClient(template, keepPristine);
  project.provide("postgres", { ownerUrl: server.ownerUrl, appUrl: server.appUrl, run });

  return async () => {
    await dropDatabases(server.ownerUrl, run);
    await server.stop();
  };
}

async function keepPristine(owner: pg.Client): Promise<void> {
  await owner.query(`create schema ${PRISTINE}`);
  const { rows: tables } = await owner.query<{ name: string; copy: string }>(
    `select format('%I.%I', t.schemaname, t.tablename) as name, format('${PRISTINE}.%I', t.schemaname || '.' || t.tablename) as copy from pg_tables t where ${emptied}`,
  );
  for (const { name, copy } of tables) {
    const { rowCount } = await owner.query(`select from ${name} limit 1`);
    if (rowCount) await owner.query(`create table ${copy} as table ${name}`);
  }
}
