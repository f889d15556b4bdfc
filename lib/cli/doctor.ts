import { access, constants } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { connect } from "#db/client.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import type { Config } from "#lib/server/config.ts";
import { type Check, failingChecks } from "#lib/server/readiness.ts";
import { hasKeyChecks } from "#lib/server/start/check-keys.ts";
import { loadKeyring } from "#lib/server/start/keys.ts";
import { refusedInProduction } from "#lib/server/start/read-config.ts";
import type { Command } from "./command.ts";
import { reachDatabase } from "./reach-database.ts";

type Finding = { check: string; well: boolean; advice?: string };

const advice: Record<Check, string> = {
  started: "The portal has not been opened",
  database: "The database does not answer: check DATABASE_URL and that PostgreSQL runs",
  schema: "The schema is behind this version: run the command migrate",
  keys: "The keys are not those the database was written with: check KUNCI_KEYS or KUNCI_KEYS_FILE",
  queue:
    "Letters have waited for more than 15 minutes: no instance with WORKER=on works, or the mail server takes nothing",
  clock: "This machine's clock and the database's differ by more than 30 seconds",
};

export const doctor: Command = {
  summary: "look whether everything is well, and say what to do where it is not",
  help: `Usage: npm run kunci -- doctor [--json]

Looks at the configuration, the database, its schema, the keys, the queue of letters, the folder of bounces and the clock. Changes
nothing. Ends with 1 where something is not well. --json prints [{ "check", "well", "advice" }].`,
  options: ["--json"],
  run: async (options) => {
    const findings = await examine();
    if (options.has("--json")) console.log(JSON.stringify(findings, null, 2));
    else
      for (const { check, well, advice: what } of findings)
        console.log(`${well ? "ok  " : "FAIL"}  ${check}${what ? `: ${what}` : ""}`);
    return findings.every(({ well }) => well) ? 0 : 1;
  },
};

async function examine(): Promise<Finding[]> {
  const { config, ownerUrl, release } = await reachDatabase();
  const db = connect(ownerUrl, { max: 2 });
  try {
    const { keys, problem } = readKeys(config);
    const failing = await failingChecks({ db, keys });
    const canLook = !failing.includes("database") && !failing.includes("schema");
    const hasKeys = canLook && (await hasKeyChecks(db));
    const looked: Check[] = canLook
      ? ["database", "schema", "keys", "queue", "clock"]
      : failing.filter((check) => check !== "keys");
    const told = (check: Check): Finding =>
      // Before the first start nothing is sealed, and a demonstration has no keys yet.
      failing.includes(check) && (check !== "keys" || hasKeys)
        ? { check, well: false, advice: (check === "keys" && problem) || advice[check] }
        : { check, well: true };
    return [
      ...configFindings(config),
      ...(await bounceFolder(config)),
      ...looked.map(told),
      ...(canLook ? [await lostLetters(db)] : []),
    ];
  } finally {
    await db.$client.end();
    await release();
  }
}

function configFindings(config: Config): Finding[] {
  const refused = config.mode === "production" ? refusedInProduction(config) : [];
  return refused.length === 0
    ? [{ check: `configuration (${config.mode})`, well: true }]
    : refused.map((line) => ({ check: "configuration", well: false, advice: line }));
}

function readKeys(config: Config): { keys: Keyring | null; problem?: string } {
  try {
    return { keys: loadKeyring(config, false) };
  } catch (fault) {
    return { keys: null, problem: (fault as Error).message };
  }
}

/** Some always come back; so many, and so much of what goes out, is a fault of the portal's own mail. */
const MANY_LOST = { letters: 20, share: 0.1 };

/** Letters that a mail server refused for good, or that came back: the people they were for are still waiting. */
async function lostLetters(db: ReturnType<typeof connect>): Promise<Finding> {
  const { rows } = await db.execute<{ lost: number; all: number }>(
    sql`select count(*) filter (where state in ('refused', 'bounced'))::int as lost, count(*)::int as "all"
      from letter where created_at > now() - interval '7 days'`,
  );
  const { lost = 0, all = 0 } = rows[0] ?? {};
  const well = lost < MANY_LOST.letters || lost < all * MANY_LOST.share;
  const advice = `${lost} of the last 7 days were refused or came back; the helpdesk's work list has their addresses and the reasons`;
  return { check: "letters", well, ...(lost > 0 && { advice }) };
}

/** Whether what comes back as mail can be read, and moved away once it is. */
async function bounceFolder({ mail: { bounceMaildir } }: Config): Promise<Finding[]> {
  if (bounceMaildir === undefined) return [];
  const check = "bounces";
  try {
    for (const folder of ["new", "cur"])
      await access(path.join(bounceMaildir, folder), constants.R_OK | constants.W_OK | constants.X_OK);
    return [{ check, well: true }];
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code ?? "unknown";
    const advice = `BOUNCE_MAILDIR (${bounceMaildir}) is no Maildir that this user may read and write (${code})`;
    return [{ check, well: false, advice }];
  }
}
