import pg from "pg";
import { addAuthenticator } from "./harness/authenticator.ts";
import { expect, test } from "./harness/fixtures.ts";
import { addPasskey, signInByCard } from "./harness/passkey-steps.ts";
import { GOOD_PASSWORD, settleIn } from "./harness/people.ts";
import { plainForm } from "./harness/plain-form.ts";
import {
  choosePasswordCard,
  givePassword,
  giveWrongPassword,
  identify,
  signIn,
  signOut,
  toThePassword,
} from "./harness/steps.ts";
import { startTwoInstances, type TwoInstances } from "./harness/two-instances.ts";

test.describe.configure({ mode: "serial" });

let two: TwoInstances;
let database: pg.Pool;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  two = await startTwoInstances();
  database = new pg.Pool({ connectionString: two.ownerUrl, max: 2 });
});

test.afterAll(async () => {
  await database.end();
  await two.stop();
});

test.afterEach(() => two.sendTo(null));

async function activated(somebody: () => Parameters<typeof settleIn>[1][number]) {
  const person = somebody();
  const [id] = await settleIn(two, [person], "activated");
  return { ...person, id: id as string };
}

const refusals = async (accountId: string, reason: string): Promise<number> => {
  const { rows } = await database.query(
    "select count(*)::int as times from audit_event where type = 'sign_in.refused' and account_id = $1 and data ->> 'reason' = $2",
    [accountId, reason],
  );
  return rows[0].times;
};

test("a session goes on whichever instance answers, and one that is ended on one is dead on the other", async ({
  anotherBrowser,
  walkerOn,
  somebody,
  words,
}) => {
  const person = await activated(somebody);
  const page = await anotherBrowser({ origin: two.origin });
  await signIn(walkerOn(page, { script: false }), person, GOOD_PASSWORD);
  expect(Math.min(...two.answered()), "both have answered").toBeGreaterThan(3);
  const other = await anotherBrowser({ origin: two.origin });
  await signIn(walkerOn(other, { script: false }), person, GOOD_PASSWORD);

  two.sendTo(1);
  await other.goto("/home");
  await expect(other).toHaveURL(/\/home$/);
  two.sendTo(0);
  await page.goto("/settings/sessions");
  await page.getByRole("button", { name: words.sessions.signOutOthers }).click();
  await expect(page.locator("main .toast")).toContainText(words.sessions.done.others);
  two.sendTo(1);
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await page.goto("/settings");
  await expect(page, "the one that signed the others out goes on").toHaveURL(/\/settings$/);
});

test("a sign-in that was begun on one instance is finished on the other", async ({
  anotherBrowser,
  walkerOn,
  somebody,
}) => {
  const person = await activated(somebody);
  const page = await anotherBrowser({ origin: two.origin });
  const walker = walkerOn(page, { script: false });
  two.sendTo(0);
  await identify(walker, person);
  two.sendTo(1);
  await choosePasswordCard(walker);
  two.sendTo(0);
  await page.reload();
  two.sendTo(1);
  await givePassword(walker, GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/home$/);
});

test("a passkey's challenge that one instance gave is answered on the other, once", async ({
  anotherBrowser,
  walkerOn,
  somebody,
}) => {
  const person = await activated(somebody);
  const page = await anotherBrowser({ origin: two.origin });
  const walker = walkerOn(page, { script: false });
  const device = await addAuthenticator(page, { transport: "internal" });
  await signIn(walker, person, GOOD_PASSWORD);
  two.sendTo((path) => (path.startsWith("/api/passkey") ? 0 : 1));
  await addPasskey(walker, "addHere", device);

  await signOut(walker);
  two.sendTo((path) => (path.startsWith("/api/passkey") ? 1 : 0));
  await signInByCard(walker, person, "passkey", device);
  const { rows } = await database.query("select count(*)::int as used from used_challenge");
  expect(rows[0].used).toBe(2);
});

test("five wrong passwords over both instances pause the account on both", async ({
  anotherBrowser,
  walkerOn,
  somebody,
}) => {
  const person = await activated(somebody);
  const page = await anotherBrowser({ origin: two.origin });
  const walker = walkerOn(page, { script: false });
  await toThePassword(walker, person);
  for (let n = 0; n < 5; n++) {
    two.sendTo((n % 2) as 0 | 1);
    await giveWrongPassword(walker, `Bukan-Ini-Juga-${n}`);
  }
  for (const instance of [0, 1] as const) {
    two.sendTo(instance);
    await giveWrongPassword(walker, GOOD_PASSWORD);
  }
  expect(await refusals(person.id, "wrong_password")).toBe(5);
  expect(await refusals(person.id, "paused")).toBe(2);
});

test("of sixty guesses at once over both instances five are looked at", async ({
  anotherBrowser,
  walkerOn,
  somebody,
}) => {
  const person = await activated(somebody);
  const page = await anotherBrowser({ origin: two.origin });
  await toThePassword(walkerOn(page, { script: false }), person);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const forms = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      // An address each, so that only the account's limit speaks.
      const form = await plainForm(`${two.origin}/sign-in/password`, `10.250.0.${n + 1}`, cookie);
      form.fill({ password: `Bukan-Ini-Juga-${n}` });
      return form;
    }),
  );
  const before = two.answered().slice();
  const answers = await Promise.all(forms.map((form) => form.send()));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(two.answered().map((count, n) => count - (before[n] ?? 0))).toEqual([30, 30]);
  expect(await refusals(person.id, "wrong_password")).toBe(5);
  expect(await refusals(person.id, "paused")).toBe(55);
});

test("wrong passwords from one address are stopped at twenty a minute over both instances", async ({
  anotherBrowser,
  walkerOn,
  somebody,
}) => {
  const people = await Promise.all(Array.from({ length: 8 }, () => activated(somebody)));
  const cookies = await Promise.all(
    people.map(async (person) => {
      const page = await anotherBrowser({ origin: two.origin });
      await toThePassword(walkerOn(page, { script: false }), person);
      return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    }),
  );
  const forms = await Promise.all(
    Array.from({ length: 32 }, async (_, n) => {
      const form = await plainForm(`${two.origin}/sign-in/password`, "10.251.0.1", cookies[n % 8]);
      form.fill({ password: "Bukan-Ini-Juga-1" });
      return form;
    }),
  );
  const answers = await Promise.all(forms.map((form) => form.send()));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(12);
});
