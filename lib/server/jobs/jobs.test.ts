import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PgBoss } from "pg-boss";
import { expect, onTestFinished, test, vi } from "vitest";
import { account } from "#db/schema/account.ts";
import { LINK_REQUESTS_QUEUE, requestActivationLink } from "#lib/account/activation/request-activation-link.ts";
import { days, hours } from "#lib/kernel/time.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { LETTERS_QUEUE } from "#lib/mail/letters.ts";
import { mailboxTransport } from "#lib/mail/transports/mailbox.ts";
import { smtpTransport } from "#lib/mail/transports/smtp.ts";
import { notTaken, type Transport, taken } from "#lib/mail/transports/transport.ts";
import { RECOVERY_WAITS_QUEUE } from "#lib/recovery/lost-factor/finish-waits.ts";
import { requestRecovery } from "#lib/recovery/lost-factor/request-recovery.ts";
import { startRecovery } from "#lib/recovery/lost-factor/start-recovery.ts";
import { beginSignIn } from "#lib/sign-in/begin-sign-in.ts";
import { EMAIL_CODE_REQUESTS_QUEUE, requestEmailCode } from "#lib/sign-in/request-email-code.ts";
import { linkIn, withFactor } from "#lib/testing/lost-factor.ts";
import { exampleAgency, exampleSender, readMailbox, scriptedTransport } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { rightAnswers } from "#lib/testing/security-answers.ts";
import { smtpSink } from "#lib/testing/smtp-sink.ts";
import { startJobs } from "./jobs.ts";
import { prepareQueues, SCHEDULES } from "./prepare-queues.ts";

type Wanted = Partial<Pick<Parameters<typeof startJobs>[0], "bounceMaildir" | "lookEvery">>;

async function working(world: World, transport: Transport = mailboxTransport(world.db), wanted: Wanted = {}) {
  const said: { details: object; message: string }[] = [];
  const say = (details: object, message: string) => void said.push({ details, message });
  const jobs = await startJobs({
    databaseUrl: world.appUrl,
    systemContext: world.asSystem,
    mail: { transport, agency: exampleAgency },
    ...wanted,
    log: { info: say, warn: say, error: say },
  });
  onTestFinished(jobs.stop);
  return { ...jobs, said };
}

const owe = (world: World, { id: accountId, officialEmail: to }: WorldAccount, howMany = 1) =>
  world.db.transaction(async (tx) => {
    const about = { from: "Chrome pada Windows", at: world.now().toISOString() };
    for (let n = 0; n < howMany; n += 1)
      await enqueue(tx, world.ctx, { kind: "account_activated", accountId, to, about });
  });

const states = async (world: World) => Object.groupBy(await world.mails(), ({ state }) => state);
const jobStates = async (world: World) =>
  (await world.owner.query<{ state: string }>(`select state from pgboss.job where name = '${LETTERS_QUEUE}'`)).rows;

/** What the clock would do in its time: what waits to be tried again is due. */
const bringForward = (world: World) =>
  world.owner.query(`update pgboss.job set start_after = now() where state = 'retry' and name = '${LETTERS_QUEUE}'`);

vi.setConfig({ testTimeout: 90_000 });
const soon = { timeout: 60_000, interval: 20 };
/** Where much is done meanwhile, and looking on would slow it down. */
const eventually = { timeout: 120_000, interval: 250 };

test("a committed letter wakes the worker and is handed over at once", async () => {
  const world = await newWorld();
  const owner = await world.account();
  // By itself it would not look before the test is over.
  await working(world, mailboxTransport(world.db), { lookEvery: 3_600 });
  for (const letters of [1, 2, 3]) {
    await owe(world, owner);
    await vi.waitFor(async () => expect(await readMailbox(world.ctx)).toHaveLength(letters), soon);
  }
});

test("a request for a link is answered by a job, and leaves the same behind for a number nobody has", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "registered" });
  const nobody = { type: "mykad", number: "650505050000" } as const;
  await Promise.all([owner.identity, nobody].map((identity) => requestActivationLink(world.ctx, identity)));
  const waiting = await world.owner.query<{ data: object }>(
    `select data from pgboss.job where name = '${LINK_REQUESTS_QUEUE}'`,
  );
  expect(waiting.rows).toHaveLength(2);
  expect(JSON.stringify(waiting.rows)).not.toContain(owner.identity.number);

  await working(world);
  await vi.waitFor(async () => expect(await readMailbox(world.ctx)).toMatchObject([{ to: owner.officialEmail }]), soon);
  await vi.waitFor(
    async () => expect(await world.events("activation_link.refused")).toMatchObject([{ accountId: null }]),
    soon,
  );
});

test("a request for a code is answered by a job, and leaves the same behind for a number nobody has", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const nobody = { type: "mykad", number: "650505050000" } as const;
  for (const identity of [owner.identity, nobody]) {
    const { ceremonyToken } = await beginSignIn(world.ctx, identity, null);
    await requestEmailCode(world.ctx, ceremonyToken);
  }
  const waiting = await world.owner.query<{ data: object }>(
    `select data from pgboss.job where name = '${EMAIL_CODE_REQUESTS_QUEUE}'`,
  );
  expect(waiting.rows).toHaveLength(2);
  expect(new Set(waiting.rows.map(({ data }) => JSON.stringify(data).length)).size).toBe(1);
  expect(JSON.stringify(waiting.rows)).not.toMatch(new RegExp(`${owner.identity.number}|${owner.officialEmail}`));

  await working(world);
  await vi.waitFor(async () => expect(await readMailbox(world.ctx)).toMatchObject([{ to: owner.officialEmail }]), soon);
  await vi.waitFor(
    async () => expect(await world.events("email_code.refused")).toMatchObject([{ accountId: null }]),
    soon,
  );
});

test("500 letters while the mail server is down, then up: each arrives once", { timeout: 300_000 }, async () => {
  const world = await newWorld();
  const owners = await Promise.all(Array.from({ length: 10 }, () => world.account()));
  const sink = await smtpSink({ down: true });
  onTestFinished(sink.stop);
  await Promise.all(owners.map((owner) => owe(world, owner, 50)));
  const { said } = await working(world, smtpTransport(sink.url, exampleSender));
  await vi.waitFor(
    async () => expect((await world.mails()).every(({ attempts }) => attempts > 0)).toBe(true),
    eventually,
  );
  expect(await states(world)).toEqual({ queued: expect.any(Array) });
  expect(said[0]?.details).toMatchObject({ transport: "smtp", reason: expect.stringMatching(/^smtp_e/) });

  await sink.start();
  await bringForward(world);
  await vi.waitFor(async () => expect((await states(world)).handed_over).toHaveLength(500), eventually);

  const ids = sink.received.map(({ headers }) => headers["message-id"]);
  expect(ids).toHaveLength(500);
  expect(new Set(ids).size).toBe(500);
});

test("two instances share the letters, and none goes out twice", async () => {
  const world = await newWorld();
  const owners = await Promise.all(Array.from({ length: 5 }, () => world.account()));
  const shares = [scriptedTransport(), scriptedTransport()];
  await Promise.all(owners.map((owner) => owe(world, owner, 20)));
  await Promise.all(shares.map(({ transport }) => working(world, transport)));

  await vi.waitFor(async () => expect((await states(world)).handed_over).toHaveLength(100), soon);

  const offered = shares.flatMap((share) => share.offered.map(({ id }) => id));
  expect(offered).toHaveLength(100);
  expect(new Set(offered).size).toBe(100);
});

test("a letter that fails does not have its neighbours sent again", async () => {
  const world = await newWorld();
  const [lucky, unlucky] = await Promise.all([world.account(), world.account()]);
  await owe(world, lucky, 10);
  await owe(world, unlucky);
  const { transport, offered } = scriptedTransport(({ to }) => {
    if (to === unlucky.officialEmail) throw new Error("a fault of ours");
    return taken;
  });
  const { said } = await working(world, transport);
  await vi.waitFor(
    async () => expect((await jobStates(world)).filter(({ state }) => state === "retry")).toHaveLength(1),
    soon,
  );

  await bringForward(world);
  await vi.waitFor(() => expect(offered.filter(({ to }) => to === unlucky.officialEmail)).toHaveLength(2), soon);

  expect(offered.filter(({ to }) => to === lucky.officialEmail)).toHaveLength(10);
  expect(said.map(({ message }) => message)).toContain("letter could not be put together, will be tried again");
  expect(JSON.stringify(said)).not.toContain("@contoh");
});

test("what was not taken is tried again later, and later each time", async () => {
  const world = await newWorld();
  await owe(world, await world.account());
  const { transport, offered } = scriptedTransport(() => notTaken("temporary", "smtp_econnection"));
  await working(world, transport);
  const delay = async () => {
    const { rows } = await world.owner.query<{ seconds: number }>(
      "select extract(epoch from start_after - now())::float8 as seconds from pgboss.job where name = 'letters' and state = 'retry'",
    );
    return rows[0]?.seconds ?? 0;
  };
  const delayAfter = async (tries: number) => {
    await vi.waitFor(async () => {
      expect(offered).toHaveLength(tries);
      expect(await delay()).toBeGreaterThan(0);
    }, soon);
    return delay();
  };

  expect(await delayAfter(1)).toBeLessThan(11);
  await world.owner.query("update pgboss.job set retry_count = 10 where name = 'letters'");
  await bringForward(world);
  const eleventh = await delayAfter(2);
  expect(eleventh).toBeGreaterThan(50);
  expect(eleventh).toBeLessThanOrEqual(120);
});

test("a letter owed by a process that was killed right after its commit is handed over by the next", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const child = spawn(process.execPath, [
    "lib/testing/owe-letters.ts",
    world.appUrl,
    owner.id,
    owner.officialEmail,
    "3",
  ]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const [said] = await once(child.stdout, "data");
  expect(String(said)).toBe("committed\n");
  child.kill("SIGKILL");
  await once(child, "exit");

  await working(world);

  await vi.waitFor(async () => expect(await readMailbox(world.ctx)).toHaveLength(3), soon);
});

test("a letter in the hands of an instance that was killed is found by its heartbeat and handed over by another", async () => {
  const world = await newWorld();
  await owe(world, await world.account());
  const killed = new PgBoss({ connectionString: world.appUrl, migrate: false, supervise: false, schedule: false });
  await killed.start();
  expect(await killed.fetch(LETTERS_QUEUE)).toHaveLength(1);
  await killed.stop({ graceful: false });
  // What the clock would do in its time: the heart has not beaten for a minute, and nobody looked.
  await world.owner.query("update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'");
  await world.owner.query("update pgboss.queue set monitor_on = null, monitor_claim_on = null");

  await working(world);

  await vi.waitFor(async () => expect(await jobStates(world)).toEqual([{ state: "retry" }]), soon);
  await bringForward(world);
  await vi.waitFor(async () => expect(await readMailbox(world.ctx)).toHaveLength(1), soon);
});

test("stopping finishes the letter under way", async () => {
  const world = await newWorld();
  await owe(world, await world.account());
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { transport, offered } = scriptedTransport(async () => {
    await finished;
    return taken;
  });
  const jobs = await working(world, transport);
  await vi.waitFor(() => expect(offered).toHaveLength(1), soon);

  const stopped = jobs.stop();
  finish();
  await stopped;

  expect(await states(world)).toEqual({ handed_over: [expect.anything()] });
  expect(await jobStates(world)).toEqual([{ state: "completed" }]);
});

// Others may come round in the same minute.
const jobsDone = (said: readonly { details: object }[], names: readonly string[]) =>
  said.filter(({ details }) => "job" in details && names.includes(String(details.job)));

test("what comes round by the clock is run by the worker, in the agency's zone", async () => {
  const world = await newWorld();
  const { rows } = await world.owner.query("select name, cron, timezone from pgboss.schedule order by name");
  const wanted = Object.entries(SCHEDULES).map(([name, cron]) => ({ name, cron, timezone: "Asia/Kuala_Lumpur" }));
  expect(rows).toEqual(wanted.sort((one, other) => (one.name < other.name ? -1 : 1)));
  const late = await world.account({ status: "registered" });
  await world.db.update(account).set({ selfRegisteredAt: world.now() });
  world.moveClock(days(8));
  const clock = new PgBoss({ connectionString: world.appUrl, migrate: false, supervise: false, schedule: false });
  await clock.start();
  onTestFinished(() => clock.stop({ graceful: false }));
  // Twice at the same hour, as two instances might: there is one job.
  await clock.send("lapse", null);
  await clock.send("lapse", null);
  await clock.send("housekeeping", null);

  const { said } = await working(world);

  await vi.waitFor(() => expect(jobsDone(said, ["lapse", "housekeeping"])).toHaveLength(2), soon);
  expect((await world.reload(late)).status).toBe("closed");
});

test("the folder of what came back is looked through by the worker", async () => {
  const world = await newWorld();
  const folder = await mkdtemp(path.join(tmpdir(), "kunci-bounces-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const sub of ["new", "cur"]) await mkdir(path.join(folder, sub));
  await writeFile(path.join(folder, "new", "1.mail"), "Subject: Salam\r\n\r\nSalam");
  const clock = new PgBoss({ connectionString: world.appUrl, migrate: false, supervise: false, schedule: false });
  await clock.start();
  onTestFinished(() => clock.stop({ graceful: false }));
  await clock.send("bounces", null);

  const { said } = await working(world, mailboxTransport(world.db), { bounceMaildir: folder });

  await vi.waitFor(() => expect(jobsDone(said, ["bounces"])).toHaveLength(1), soon);
  expect(jobsDone(said, ["bounces"])).toMatchObject([{ details: { outcome: { read: 1, ours: 0, failed: 0 } } }]);
  expect(await readdir(path.join(folder, "cur"))).toEqual(["1.mail:2,"]);
});

test("work that may take minutes is missed within one when its instance is killed, and does not keep others out", async () => {
  const world = await newWorld();
  await prepareQueues(world.ownerUrl);
  const { rows } = await world.owner.query(
    "select name from pgboss.queue where expire_seconds > 300 and coalesce(heartbeat_seconds, 3600) > 30 and name not like '\\_\\_%'",
  );
  expect(rows).toEqual([]);
});

test("the queues are prepared as often as one likes", async () => {
  const world = await newWorld();
  await prepareQueues(world.ownerUrl);
  await prepareQueues(world.ownerUrl);
  const { rows } = await world.owner.query("select name from pgboss.queue where name not like '\\_\\_%' order by name");
  expect(rows.map(({ name }) => name)).toEqual([
    "account-counts",
    "audit-head",
    "audit-seal",
    "bounces",
    "campaign-letters",
    "campaign-people",
    "campaign-people-all",
    "data-exports",
    "email-code-requests",
    "housekeeping",
    "insights",
    "invitations",
    "keys",
    "lapse",
    "leavers",
    "letters",
    "link-requests",
    "move-requests",
    "officer-requests",
    "onsite-sessions",
    "recoveries",
    "recovery-requests",
    "recovery-waits",
    "reset-requests",
    "signing-keys",
    "staff-imports",
  ]);
});

test("a request to replace a lost factor is answered by a job, and its wait leaves another for when it ends", async () => {
  const { world, owner } = await withFactor();
  // The queue goes by PostgreSQL's clock: a wait that ends in what is its past would be looked at before its time.
  world.takeMachinesTime();
  await requestRecovery(world.ctx, owner.identity, owner.officialEmail);
  const jobs = await working(world);
  await vi.waitFor(async () => expect(await readMailbox(world.ctx)).toMatchObject([{ to: owner.officialEmail }]), soon);
  const token = linkIn(await readMailbox(world.ctx), "recover/second-factor");
  expect((await startRecovery(world.ctx, token, rightAnswers)).ok).toBe(true);
  const waits = () =>
    world.owner.query<{ startAfter: Date; keepUntil: Date; state: string }>(
      `select start_after as "startAfter", keep_until as "keepUntil", state from pgboss.job where name = '${RECOVERY_WAITS_QUEUE}'`,
    );
  const [left] = (await waits()).rows;
  const readyAt = new Date(world.now().getTime() + hours(24));
  expect(left?.startAfter).toEqual(readyAt);
  expect(left?.keepUntil.getTime()).toBeGreaterThan(readyAt.getTime());
  world.moveClock(hours(24));
  await world.owner.query(`update pgboss.job set start_after = now() where name = '${RECOVERY_WAITS_QUEUE}'`);
  await vi.waitFor(async () => expect(linkIn(await readMailbox(world.ctx), "enrol")).toBeTruthy(), soon);
  expect(jobs.said.filter(({ message }) => message.includes("wait"))).toEqual([]);
});
