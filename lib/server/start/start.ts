import { sql } from "drizzle-orm";
import { connect, type Db } from "#db/client.ts";
import { APP_ROLE, schemaIsCurrent } from "#db/migrate.ts";
import { routeTo } from "#db/pooler.ts";
import { lookBeforeLetters } from "#lib/campaign/letters/look-before-letters.ts";
import { chooseTransport } from "#lib/mail/transports/choose-transport.ts";
import { reachMail } from "#lib/mail/transports/reach-mail.ts";
import type { Transport } from "#lib/mail/transports/transport.ts";
import { followChoices } from "../chosen/in-force.ts";
import { followClock, lookAtClock, portalNow } from "../clock/follow-clock.ts";
import { agencyNow, type Config, config } from "../config.ts";
import { registerExamples } from "../demo/example-systems/register-examples.ts";
import { seedCampaign } from "../demo/seed-campaign.ts";
import { seedDemo } from "../demo/seed-demo.ts";
import { noteRefusal } from "../health/database-refusals.ts";
import { followLogouts } from "../jobs/follow-logouts.ts";
import { startJobs } from "../jobs/jobs.ts";
import { followKeys } from "../keys/follow-keys.ts";
import { log } from "../log.ts";
import { beSeen } from "../metrics/be-seen.ts";
import { logoutRoom } from "../oidc/logout-room.ts";
import { openOidc } from "../oidc/open-oidc.ts";
import { openPortal, type Portal, portalIfOpen } from "../portal.ts";
import { systemContext } from "../request/base-context.ts";
import { runtime } from "../runtime.ts";
import { tallyRequests } from "../tally-requests.ts";
import { traceLetters } from "../traces/trace-letters.ts";
import { traceStatements } from "../traces/trace-statements.ts";
import { tracing } from "../traces/tracing.ts";
import { actionsKey } from "./actions-key.ts";
import { hasKeyChecks } from "./check-keys.ts";
import { keysFileOf, loadKeyring, readKeyring } from "./keys.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { refuseBeforeMigrating, refuseDatabase } from "./refuse-database.ts";
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
  if (owner !== null) await reaching("the database as its owner", prepareAsOwner(owner, settled));
  const { stepDown, pooled } = await reaching("the database", wayIn(settled.databaseUrl));
  const db = connect(settled.databaseUrl, { max: CONNECTIONS, stepDown, refused: noteRefusal });
  if (tracing()) traceStatements(db.$client);
  try {
    const { portal, following } = await open(db, settled);
    const clock = await followClock(db, {
      stepped: (behind) =>
        portal.log.warn({ milliseconds: behind }, "this machine's clock is not the database's, which is gone by"),
      failed: (err) => portal.log.warn({ err }, "the database's clock could not be looked at"),
    });
    const choices = await followChoices({ db, now: portalNow }, (err) =>
      portal.log.warn({ err }, "what administrators chose could not be looked at"),
    );
    const oidc = await openOidc(portal);
    const work = jobsPortal(portal, settled.databaseUrl, { stepDown, pooled });
    const unseen = beSeen(portal, work.mail.transport.name);
    const jobs = settled.worker ? await startJobs(work) : null;
    const logouts = settled.worker ? followLogouts({ ...work, room: logoutRoom(portal, oidc) }) : null;
    runtime.tally = tallyRequests(db);
    runtime.stop = async () => {
      unseen();
      clock.stop();
      choices.stop();
      await logouts?.stop();
      oidc.stop();
      await jobs?.stop();
      await following.stop();
      await db.$client.end();
    };
  } catch (fault) {
    await db.$client.end();
    throw fault;
  }
}

/** A database that is going to be refused is not migrated first. */
async function prepareAsOwner(owner: string, settled: Config): Promise<void> {
  if (settled.keysJson ?? settled.keysFile)
    await refuseBeforeMigrating(owner, settled.mode, loadKeyring(settled, false));
  await prepareDatabase(owner, settled.databaseUrl);
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
  // The owner's address leads through a pooler; a table stayed locked.
  "KUNCI_POOLED",
  "55P03",
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

type WayIn = {
  /** The URL's role is another than the application's and takes that one's place. */
  stepDown: boolean;
  /** Through a pooler, over which nothing of a session stays. */
  pooled: boolean;
};

/** As whom, and by what way, the URL leads into the database. Refused where the application's role may not be taken. */
async function wayIn(databaseUrl: string): Promise<WayIn> {
  const { pooled } = await routeTo(databaseUrl);
  const probe = connect(databaseUrl, { max: 1 });
  try {
    const { rows } = await probe.execute<{ name: string; may: boolean | null }>(
      sql`select current_user as name, (select pg_has_role(oid, 'member') from pg_roles where rolname = ${APP_ROLE}) as may`,
    );
    const { name, may } = rows[0] ?? { name: "nobody", may: false };
    if (name === APP_ROLE) return { stepDown: false, pooled };
    if (may === null)
      throw new StartRefused([
        `The database has no role ${APP_ROLE} yet. Run: DATABASE_OWNER_URL=… npm run kunci -- migrate`,
      ]);
    if (!may)
      throw new StartRefused([`DATABASE_URL connects as "${name}", which is neither ${APP_ROLE} nor a member of it`]);
    if (pooled)
      throw new StartRefused([
        `DATABASE_URL leads through a pooler as "${name}". Through a pooler it must connect as ${APP_ROLE} itself`,
      ]);
    return { stepDown: true, pooled };
  } finally {
    await probe.$client.end();
  }
}

async function open(db: Db, settled: Config): Promise<{ portal: Portal; following: { stop: () => Promise<void> } }> {
  if (!(await schemaIsCurrent(db)))
    throw new StartRefused([
      "The database's schema is behind this version. Run: DATABASE_OWNER_URL=… npm run kunci -- migrate",
    ]);
  const keys = loadKeyring(settled, settled.mode === "demo" && !(await hasKeyChecks(db)));
  await refuseDatabase(db, settled.mode, keys);
  // Whether another instance is alive is told by the time: all go by the same from here.
  await lookAtClock(db);
  const file = keysFileOf(settled);
  const following = await followKeys({
    db,
    keys,
    works: settled.worker,
    file: file === null ? undefined : { path: file, read: () => readKeyring(file) },
    turned: ({ purpose, from, to }) => log().info({ purpose, from, to }, "another key writes from now on"),
    failed: (err) => log().error({ err }, "the keys could not be looked at"),
  });
  // Looked up by name: a bundler puts the build's own in the place of the word.
  Object.assign(process.env, { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey(keys) });
  const portal = openPortal({
    db,
    keys,
    log: log(),
    get config() {
      return config();
    },
  });
  if (settled.mode === "demo") await seedDemo(systemContext(portal), settled);
  if (settled.mode === "demo" && runtime.examples) {
    runtime.examples.clients = await registerExamples(systemContext(portal), runtime.examples.origin);
    await seedCampaign(systemContext(portal));
  }
  return { portal, following };
}

function transportOf({ db, config: settled }: Portal): Transport {
  const transport = chooseTransport(db, settled);
  return tracing() ? traceLetters(transport) : transport;
}

const jobsPortal = (
  portal: Portal,
  databaseUrl: string,
  { stepDown, pooled }: WayIn,
): Parameters<typeof startJobs>[0] => ({
  databaseUrl,
  ...(stepDown ? { stepDownTo: APP_ROLE } : {}),
  listens: !pooled,
  systemContext: () => systemContext(portal),
  mail: { transport: transportOf(portal), agency: agencyNow, beforehand: lookBeforeLetters },
  reachMail: () => reachMail(portal.config.mail),
  bounceMaildir: portal.config.mail.bounceMaildir,
  mailPerMinute: portal.config.mail.perMinute,
  log: portal.log,
});
