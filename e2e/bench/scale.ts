import http from "node:http";
import type pg from "pg";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { countAccounts } from "#lib/helpdesk/search/count-accounts.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { addGrant } from "#lib/testing/officer.ts";
import { addressOf, clientOf, keysOf, settleApp, settlePeople } from "../harness/people.ts";
import { openDatabase, type Portal, startPortal } from "../harness/portal.ts";
import { addSession, SESSION_COOKIE } from "../harness/signed-in.ts";
import { BrowserWithoutScript } from "./browser-without-script.ts";
import { fillAccounts, scalePerson } from "./fill-accounts.ts";
import { compare, say } from "./report.ts";

const MANY = 1_000_000;
const FEW = 10_000;
const ROUNDS = 5;
/** Requests of each kind, a round. */
const A_ROUND = 40;
/** Far above the numbers that tests and demo people have. */
const FIRST_CLIENT = 30_000;

type Side = {
  portal: Portal;
  database: pg.Pool;
  size: number;
  /** Of accounts that were filled in. */
  ids: string[];
  /** Ways of the list that a page links to. */
  officer: string;
  owners: string[];
};

/** What is asked for; `n` counts on over all rounds. */
const pages: Record<string, (side: Side, n: number) => { path: string; token: string }> = {
  search: ({ officer, size }, n) => ({
    path: `/helpdesk?${new URLSearchParams({ q: typed(n, size) })}`,
    token: officer,
  }),
  list: ({ officer }, n) => ({ path: `/helpdesk${lists[n % lists.length]}`, token: officer }),
  account: ({ officer, ids }, n) => ({ path: `/helpdesk/accounts/${ids[n % ids.length]}`, token: officer }),
  home: ({ owners }, n) => ({ path: "/home", token: owners[n % owners.length] as string }),
};

const lists = [
  "",
  "?status=activated",
  "?status=locked",
  "?sort=newest",
  "?sort=idlest",
  "?trouble=idle",
  "?factor=app&sort=latest",
  "?trouble=bounced",
  "?status=registered&sort=oldest",
  "?trouble=unconfirmed",
];

/** What officers type of somebody there: a first name, a whole one, the beginning of a word, a mailbox, a common part. */
function typed(n: number, size: number): string {
  const { fullName, officialEmail } = scalePerson((n * 7_919) % size);
  const [name = "", own = "", ...others] = fullName.split(" ");
  const ways = [
    name,
    fullName,
    `${name} ${own}`,
    own.slice(0, 4),
    officialEmail.split("@")[0],
    `${own} ${others.at(-1)}`,
  ];
  return ways[n % ways.length] as string;
}

/**
 * The 95th percentile of what an officer and an owner wait for, one request at a time, with a million accounts against ten
 * thousand in a portal of its own beside it, in turns. `most`: accounts instead of a million, for a quick look.
 */
export async function measureScale(most = MANY): Promise<void> {
  const sides: Side[] = [];
  try {
    for (const size of [most, Math.min(FEW, most)]) sides.push(await prepare(size));
    const [many, few] = sides as [Side, Side];
    const agent = new http.Agent({ keepAlive: true });
    for (const [name, page] of Object.entries(pages)) {
      say(`${name}: ${ROUNDS} rounds of ${A_ROUND}`);
      const took = new Map(sides.map((side): [Side, number[]] => [side, []]));
      for (let round = -1; round < ROUNDS; round++)
        for (const side of sides)
          for (let n = 0; n < A_ROUND; n++) {
            const { path, token } = page(side, (round + 1) * A_ROUND + n);
            const milliseconds = await get(side, path, token, n, agent);
            if (round >= 0) took.get(side)?.push(milliseconds);
          }
      compare("scale", name, p95(took.get(many)), p95(took.get(few)), "ms", {
        accounts: most,
        slowest: worst(took.get(many)),
      });
    }
    const signIns = [];
    for (const side of sides) signIns.push(await signInEach(side, agent));
    compare("scale", "sign-in", p95(signIns[0]), p95(signIns[1]), "ms", { accounts: most, slowest: worst(signIns[0]) });
  } finally {
    for (const { database, portal } of sides) {
      await database.end();
      await portal.stop();
    }
  }
}

const p95 = (values: readonly number[] = []): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
const worst = (values: readonly number[] = []): number => Math.max(...values);

async function get(side: Side, path: string, token: string, n: number, agent: http.Agent): Promise<number> {
  // Each from an address of its own, so that no limit of an address is met.
  const browser = new BrowserWithoutScript(side.portal.origin, addressOf(FIRST_CLIENT + n), agent);
  browser.cookies.set(SESSION_COOKIE, token);
  const { status, milliseconds } = await browser.send("GET", path);
  if (status !== 200) throw new Error(`${path} answered ${status}`);
  return milliseconds;
}

/** The post of the password, by people with an account and an address each. */
async function signInEach({ portal }: Side, agent: http.Agent): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < ROUNDS * A_ROUND; n++) {
    const client = clientOf(FIRST_CLIENT + n);
    const browser = new BrowserWithoutScript(portal.origin, client.address, agent);
    const methods = await browser.submitAndFollow(await browser.open("/sign-in"), {
      identityNumber: client.identityNumber,
    });
    const page = await browser.openDoor(methods, "/sign-in/password");
    const { milliseconds, headers } = await browser.submit(page, { password: client.password });
    if (headers.location === undefined) throw new Error("The password was not taken");
    took.push(milliseconds);
  }
  return took;
}

/** A portal with so many accounts, an administrator at work in it, and people who can sign in. */
async function prepare(size: number): Promise<Side> {
  const portal = await startPortal({ env: { WORKER: "off" } });
  const database = await openDatabase(portal.dataDir);
  const from = performance.now();
  await fillAccounts(database, keysOf(portal.dataDir), size);
  say(`${size} accounts filled in ${Math.round((performance.now() - from) / 1_000)} s`);
  const people = Array.from({ length: ROUNDS * A_ROUND }, (_, n) => fixturePerson(FIRST_CLIENT + n));
  const owners = await settlePeople(portal.dataDir, people, "activated");
  const [officer] = await settlePeople(portal.dataDir, [fixturePerson(FIRST_CLIENT - 1)], "activated");
  if (!officer) throw new Error("There is no officer");
  await settleApp(portal.dataDir, officer);
  const db = connect((await joinEmbedded(portal.dataDir)).ownerUrl, { max: 1 });
  const counted = performance.now();
  try {
    const office = await db.query.office.findFirst();
    await addGrant({ db, now: () => new Date() }, officer, { role: "administrator", officeId: office?.id ?? "" });
    await countAccounts({ db, now: () => new Date() });
  } finally {
    await db.$client.end();
  }
  say(`counted in ${Math.round(performance.now() - counted)} ms`);
  const { rows } = await database.query<{ id: string }>(
    "select id from account where identity_type = 'passport' order by id limit 200",
  );
  return {
    ...{ portal, database, size, ids: rows.map(({ id }) => id) },
    officer: (await addSession(database, officer, ["password", "totp"])).token,
    owners: await Promise.all(
      owners.slice(0, 50).map(async (owner) => (await addSession(database, owner, ["password"])).token),
    ),
  };
}
