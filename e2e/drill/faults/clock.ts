import fs from "node:fs";
import path from "node:path";
import { fixturePerson } from "#lib/testing/identities.ts";
import { totpCode } from "#lib/testing/totp.ts";
import { type Client, clientOf, settleApp, settleIn } from "../../harness/people.ts";
import { newDataDir, openDatabase } from "../../harness/portal.ts";
import { startTopology, type Topology } from "../../topology/start-topology.ts";
import { rounded, until } from "./until.ts";
import { settleClients, Visitor } from "./visitor.ts";

const SHIFT_SECONDS = 90;

/** Loaded before an instance: from SIGUSR2 on its clock is another, as if somebody had set it. */
const SHIFTING = `
const real = Date.now.bind(Date);
const Real = Date;
let by = 0;
Real.now = () => real() + by;
globalThis.Date = new Proxy(Real, {
  construct: (date, given, as) => Reflect.construct(date, given.length === 0 ? [real() + by] : given, as),
});
process.on("SIGUSR2", () => { by = Number(process.env.KUNCI_DRILL_SHIFT) * 1000; });
`;

/** `npm run drill -- clock`: three instances, of which one goes 90 s ahead and one 90 s behind while they serve. */
export async function clock(): Promise<{ held: boolean } & Record<string, unknown>> {
  const folder = newDataDir();
  const shifting = path.join(folder, "shifting.mjs");
  fs.writeFileSync(shifting, SHIFTING);
  const shifted = (by: number) => ({
    env: { NODE_OPTIONS: `--import ${shifting}`, KUNCI_DRILL_SHIFT: String(by) },
  });
  const topology = await startTopology({ instances: [{}, shifted(SHIFT_SECONDS), shifted(-SHIFT_SECONDS)] });
  try {
    return await tryOut(topology);
  } finally {
    await topology.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function tryOut(topology: Topology) {
  const [right, ahead, behind] = topology.instances;
  if (!right || !ahead || !behind) throw new Error("Three instances are needed");
  const owner = await openDatabase(topology.dataDir);
  const promises: Record<string, boolean> = {};
  try {
    const clients = await settleClients({ ownerUrl: topology.database.ownerUrl, keys: topology.keys }, 6);
    const secrets: string[] = [];
    for (const { id } of clients) secrets.push(await settleApp(topology.dataDir, id));
    for (const one of [ahead, behind]) process.kill(one.pid, "SIGUSR2");
    const noticed = await until(
      "both have noticed",
      () => [ahead, behind].every(({ output }) => output().includes("clock is not the database's")),
      30,
    );
    const named = async ({ origin }: { origin: string }) => {
      const answer = await fetch(`${origin}/api/ready`);
      return { status: answer.status, text: await answer.text() };
    };
    for (const [name, one] of Object.entries({ ahead, behind })) {
      await until("readiness names it", async () => (await named(one)).text.includes('"clock"'), 15);
      promises[`readyOf_${name}_namesTheClock`] = (await named(one)).status === 503;
    }
    promises.theRightOneIsReady = (await named(right)).status === 200;

    for (const [n, [name, one]] of Object.entries({ right, ahead, behind }).entries()) {
      const [who, other] = [clients[n * 2], clients[n * 2 + 1]];
      if (!who || !other) throw new Error("Too few people");
      const [secret, others] = [secrets[n * 2] ?? "", secrets[n * 2 + 1] ?? ""];
      const visitor = new Visitor(topology.origin, one, who.address);
      promises[`code_of_now_opens_${name}`] = await withCode(visitor, who, totpCode(secret, new Date()));
      promises[`its_session_holds_on_all_from_${name}`] = await homeOnAll(topology, visitor);
      const stale = new Visitor(topology.origin, one, other.address);
      promises[`code_of_90s_ago_stays_shut_${name}`] = !(await withCode(
        stale,
        other,
        totpCode(others, new Date(), -3),
      ));
      promises[`code_of_90s_to_come_stays_shut_${name}`] = !(await withCode(
        new Visitor(topology.origin, one, other.address),
        other,
        totpCode(others, new Date(), 3),
      ));
      await owner.query(
        "update session set last_seen_at = now() - interval '30 minutes 40 seconds' where account_id = $1",
        [who.id],
      );
      promises[`idle_session_is_over_${name}`] = !(await visitor.home());
    }
    Object.assign(promises, await links(topology, owner));
    const held = Object.values(promises).every(Boolean);
    return { held, shiftedBySeconds: SHIFT_SECONDS, noticedAfter: rounded(noticed), promises };
  } finally {
    await owner.end();
  }
}

async function withCode(visitor: Visitor, client: Client, code: string): Promise<boolean> {
  const { browser } = visitor;
  const answer = await browser.submit(await visitor.toThePassword(client), { password: client.password });
  const asks = await browser.open(new URL(answer.headers.location ?? "/", "https://localhost").pathname);
  const given = await browser.submit(asks, { code });
  return given.status === 303 && given.headers.location?.endsWith("/home") === true;
}

async function homeOnAll({ origin, instances }: Topology, { browser }: Visitor): Promise<boolean> {
  for (const instance of instances) {
    const there = new Visitor(origin, instance, "192.0.2.9");
    for (const [name, value] of browser.cookies) there.browser.cookies.set(name, value);
    if (!(await there.home())) return false;
  }
  return true;
}

/** A link of 30 minutes that was handed over 29:20 ago opens everywhere, one of 30:40 ago nowhere. */
async function links(topology: Topology, owner: Awaited<ReturnType<typeof openDatabase>>) {
  const { origin, instances, mail } = topology;
  const person = fixturePerson(500);
  const { ownerUrl } = topology.database;
  const [id] = await settleIn({ ownerUrl, keys: topology.keys }, [person], "registered");
  const asks = new Visitor(origin, instances[0] as { origin: string }, "192.0.2.10").browser;
  await asks.submitAndFollow(await asks.open("/activate"), { identityNumber: clientOf(500).identityNumber });
  const path = async () => {
    const letter = mail.letters().find(({ to }) => to === person.officialEmail);
    return /https?:\/\/[^/\s]+(\/activate\/[\w-]{20,})/.exec(letter?.text ?? "")?.[1];
  };
  await until("the letter is there", async () => (await path()) !== undefined, 30);
  const link = (await path()) as string;
  const opens = async (age: string) => {
    await owner.query("update activation_link set handed_over_at = now() - $2::interval where account_id = $1", [
      id,
      age,
    ]);
    const found = [];
    for (const instance of instances) {
      const page = await new Visitor(origin, instance, "192.0.2.11").browser.open(link);
      found.push(page.body.includes('name="identityLast4"'));
    }
    return found;
  };
  const young = await opens("29 minutes 20 seconds");
  const old = await opens("30 minutes 40 seconds");
  return { youngLinkOpensEverywhere: young.every(Boolean), oldLinkOpensNowhere: !old.some(Boolean) };
}
