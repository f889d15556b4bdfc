import { connect, type Db } from "#db/client.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { reachMail } from "#lib/mail/transports/reach-mail.ts";
import type { Config } from "#lib/server/config.ts";
import { type Check, checks, type Failing } from "#lib/server/health/checks.ts";
import { findFailing } from "#lib/server/readiness.ts";
import { hasKeyChecks } from "#lib/server/start/check-keys.ts";
import { loadKeyring } from "#lib/server/start/keys.ts";
import type { Command } from "../command.ts";
import { type Reached, reachDatabase } from "../reach-database.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import { bounceFolder, certificateFindings, configFindings, lostLetters } from "./look-around.ts";
import { keyFindings } from "./look-at-keys.ts";
import { lookAtDatabaseDisk, lookAtPostgres, lookAtWayIn } from "./look-at-postgres.ts";

export const doctor: Command = {
  summary: "look whether everything is well, and say what to do where it is not",
  help: `Usage: npm run kunci -- doctor [--json]

Looks at the configuration, the database (its way in, version, extensions, rights, connections, disk), the schema, the keys, the
clock, the mail server, the queue of letters and who works on it, the folder of bounces, the certificate of ORIGIN and the disk.
Changes nothing and sends nothing. Ends with 1 where something has to be done now (FAIL), and with 0 where it only will have to
(WARN). --json prints [{ "check", "state": "ok"|"warn"|"fail", "well", "advice" }].`,
  options: ["--json"],
  run: async (options) => {
    const findings = await examine();
    if (options.has("--json"))
      console.log(
        JSON.stringify(
          findings.map((found) => ({ ...found, well: found.state !== "fail" })),
          null,
          2,
        ),
      );
    else
      for (const { check, state, advice } of findings)
        console.log(`${state === "ok" ? "ok  " : state.toUpperCase()}  ${check}${advice ? `: ${advice}` : ""}`);
    return findings.some(({ state }) => state === "fail") ? 1 : 0;
  },
};

async function examine(): Promise<Finding[]> {
  const reached = await reachDatabase();
  const db = connect(reached.ownerUrl, { max: 4 });
  try {
    return await examineReached(reached, db);
  } finally {
    await db.$client.end();
    await reached.release();
  }
}

/** What of readiness holds up people now; the rest warns. */
const FAILS_AS_WELL: readonly Check[] = ["queue", "mail"];

/** Everything, of a deployment that was reached: the order is the one in which things are put right. */
export async function examineReached({ config, databaseUrl, ownerUrl }: Reached, db: Db): Promise<Finding[]> {
  const { keys, problem } = readKeys(config);
  const [mail, certificate] = await Promise.all([
    reachMail(config.mail),
    certificateFindings(config.origin, new Date()),
  ]);
  const failing = await findFailing({ db, keys, config, mail });
  const has = (check: Check): boolean => failing.some((one) => one.check === check);
  const canLook = !has("database") && !has("schema");
  const hasKeys = canLook && (await hasKeyChecks(db));
  const about = (check: Check): Finding => {
    const found = failing.find((one) => one.check === check);
    // Before the first start nothing is sealed, and a demonstration has no keys yet.
    if (!found || (check === "keys" && !hasKeys)) return ok(check);
    const advice = (check === "keys" && problem) || curedBy(found);
    return checks[check].blocks || FAILS_AS_WELL.includes(check) ? fail(check, advice) : warn(check, advice);
  };
  return [
    ...configFindings(config),
    ...certificate,
    about("database"),
    ...(has("database") || databaseUrl === null ? [] : await lookAtWayIn(databaseUrl)),
    ...(has("database") ? [] : [about("schema")]),
    ...(canLook
      ? [
          ...(await lookAtPostgres(db)),
          ...(await lookAtDatabaseDisk(db, ownerUrl)),
          ...(["keys", "clock"] as const).map(about),
          ...(await keyFindings(db, new Date())),
        ]
      : []),
    about("disk"),
    about("mail"),
    ...(canLook ? [about("queue"), about("worker"), await lostLetters(db)] : []),
    ...(await bounceFolder(config)),
  ];
}

const curedBy = ({ check, seen }: Failing): string => `${checks[check].cure}${seen ? ` (${seen})` : ""}`;

function readKeys(config: Config): { keys: Keyring | null; problem?: string } {
  try {
    return { keys: loadKeyring(config, false) };
  } catch (fault) {
    return { keys: null, problem: (fault as Error).message };
  }
}
