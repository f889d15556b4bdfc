import { sql } from "drizzle-orm";
import { connect, type Db } from "#db/client.ts";
import { APP_ROLE, schemaIsCurrent } from "#db/migrate.ts";
import { demonstration } from "#db/schema/demonstration.ts";
import { chooseTransport } from "#lib/mail/transports/choose-transport.ts";
import { followChoices } from "../chosen/in-force.ts";
import { agencyNow, type Config, config } from "../config.ts";
import { registerExamples } from "../demo/example-systems/register-examples.ts";
import { seedDemo } from "../demo/seed-demo.ts";
import { followLogouts } from "../jobs/follow-logouts.ts";
import { startJobs } from "../jobs/jobs.ts";
import { log } from "../log.ts";
import { logoutRoom } from "../oidc/logout-room.ts";
import { openOidc } from "../oidc/open-oidc.ts";
import { openPortal, type Portal, portalIfOpen } from "../portal.ts";
import { systemContext } from "../request/base-context.ts";
import { runtime } from "../runtime.ts";
import { tallyRequests } from "../tally-requests.ts";
import { checkKeys, hasKeyChecks } from "./check-keys.ts";
import { loadKeyring } from "./keys.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { StartRefused } from "./start-refused.ts";

/** Of one instance: a request holds a connection for milliseconds, and a backend costs some 5 MB. */
const CONNECTIONS = 10;

/**
 * Opens the portal in this process: schema, keys, pool, demonstration, jobs. Throws `StartRefused` with a line for each thing
 * an operator has to put right; nothing has been written by then that another start would trip over.
 */
export async function start(): Promise<void> {
  if (portalIfOpen()) return;
  const settled = config();
  if (settled.databaseUrl === null)
    throw new StartRefused(["No database: start the portal by lib/server/serve.ts (npm start, npm run dev)"]);
  // The owner migrates: of the embedded database and of a demonstration's, or where DATABASE_OWNER_URL names one.
  const owner = settled.ownerUrl ?? (settled.mode === "demo" ? settled.databaseUrl : null);
  if (owner !== null) await reaching("the database as its owner", prepareDatabase(owner, settled.databaseUrl));
  const stepDown = await reaching("the database", mustStepDown(settled.databaseUrl));
  const db = connect(settled.databaseUrl, { max: CONNECTIONS, stepDown });
  try {
    const portal = await open(db, settled);
    const choices = await followChoices({ db, now: () => new Date() }, (err) =>
      portal.log.warn({ err }, "what administrators chose could not be looked at"),
    );
    const oidc = await openOidc(portal);
    const work = jobsPortal(portal, settled.databaseUrl, stepDown);
    const jobs = settled.worker ? await startJobs(work) : null;
    const logouts = settled.worker ? followLogouts({ ...work, room: logoutRoom(portal, oidc) }) : null;
    runtime.tally = tallyRequests(db);
    runtime.stop = async () => {
      choices.stop();
      await logouts?.stop();
      oidc.stop();
      await jobs?.stop();
      await db.$client.end();
    };
  } catch (fault) {
    await db.$client.end();
    throw fault;
  }
}

// Nobody there, no such host, no way in, no such database, too many inside: an operator's to put right.
const OUT_OF_REACH = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "28P01",
  "28000",
  "3D000",
  "53300",
  "57P03",
  "42501",
]);

/** Refuses the start, in PostgreSQL's or the system's own words, where a database is out of reach. */
async function reaching<T>(what: string, attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (fault) {
    const { code, message } = ((fault as { cause?: unknown }).cause ?? fault) as { code?: string; message: string };
    if (code === undefined || !OUT_OF_REACH.has(code)) throw fault;
    throw new StartRefused([`Cannot use ${what}: ${message || code}`]);
  }
}

/** Whether the URL's role is another than the application's and takes that one's place. Refused where it may not. */
async function mustStepDown(databaseUrl: string): Promise<boolean> {
  const probe = connect(databaseUrl, { max: 1 });
  try {
    const { rows } = await probe.execute<{ name: string; may: boolean | null }>(
      sql`select current_user as name, (select pg_has_role(oid, 'member') from pg_roles where rolname = ${APP_ROLE}) as may`,
    );
    const { name, may } = rows[0] ?? { name: "nobody", may: false };
    if (name === APP_ROLE) return false;
    if (may === null)
      throw new StartRefused([
        `The database has no role ${APP_ROLE} yet. Run: DATABASE_OWNER_URL=… npm run kunci -- migrate`,
      ]);
    if (!may)
      throw new StartRefused([`DATABASE_URL connects as "${name}", which is neither ${APP_ROLE} nor a member of it`]);
    return true;
  } finally {
    await probe.$client.end();
  }
}

async function open(db: Db, settled: Config): Promise<Portal> {
  if (!(await schemaIsCurrent(db)))
    throw new StartRefused([
      "The database's schema is behind this version. Run: DATABASE_OWNER_URL=… npm run kunci -- migrate",
    ]);
  if (settled.mode === "production" && (await holdsDemonstration(db)))
    throw new StartRefused([
      "The database holds demo people, whose passwords were printed. Production needs a database of its own",
    ]);
  const keys = loadKeyring(settled, settled.mode === "demo" && !(await hasKeyChecks(db)));
  await checkKeys(db, keys, new Date());
  const portal = openPortal({
    db,
    keys,
    log: log(),
    get config() {
      return config();
    },
  });
  if (settled.mode === "demo") await seedDemo(systemContext(portal), settled);
  if (settled.mode === "demo" && runtime.examples)
    runtime.examples.clients = await registerExamples(systemContext(portal), runtime.examples.origin);
  return portal;
}

const holdsDemonstration = async (db: Db): Promise<boolean> =>
  (await db.select().from(demonstration).limit(1)).length > 0;

const jobsPortal = (portal: Portal, databaseUrl: string, stepDown: boolean): Parameters<typeof startJobs>[0] => ({
  databaseUrl,
  ...(stepDown ? { stepDownTo: APP_ROLE } : {}),
  systemContext: () => systemContext(portal),
  mail: { transport: chooseTransport(portal.db, portal.config), agency: agencyNow },
  bounceMaildir: portal.config.mail.bounceMaildir,
  mailPerMinute: portal.config.mail.perMinute,
  log: portal.log,
});
