import { type GooglePerson, startGoogleIssuer } from "#lib/testing/google-issuer.ts";
import { messages } from "#lib/text/messages.ts";
import { linkIn } from "./harness/mailbox.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { freePort, startPortal } from "./harness/portal.ts";
import {
  activate,
  alertOn,
  dashed,
  field,
  isAtWork,
  PASSWORD,
  type Somebody,
  signIn,
  signOut,
  type Walker,
} from "./harness/steps.ts";
import { asHost, chooseAtGoogle, expect, test, throughGoogle } from "./harness/with-google.ts";

// One portal and one stand-in for the file. What is on the way to Google is looked at by axe in other journeys.
test.describe.configure({ mode: "default" });

const unlooked = (walker: Walker): Walker => ({ ...walker, arrived: async () => {} });
const press = ({ page }: Walker, name: string) => page.getByRole("button", { name, exact: true }).click();
const sessionCookie = async ({ page }: Walker) =>
  (await page.context().cookies()).find(({ name }) => name.endsWith("kunci-session"));
/** What a sentence says before its first link or figure. */
const begins = (sentence: string): string => sentence.split(/[<{]/, 1)[0] ?? "";

/** Signs in by password and links a Google account in the settings. */
async function link(walker: Walker, person: Somebody, googler: GooglePerson | null): Promise<void> {
  const { page, words, arrived } = walker;
  await signIn(unlooked(walker), person, GOOD_PASSWORD);
  await page.goto("/settings/google");
  await arrived(page);
  await press(walker, words.google.settings.link);
  await chooseAtGoogle(page, googler);
  await expect(page).toHaveURL(/\/settings\/google\?done=linked$/);
  await expect(page.getByText(words.google.settings.done.linked)).toBeVisible();
}

async function signInAtGoogle(walker: Walker, googler: GooglePerson | null): Promise<void> {
  await walker.page.goto("/sign-in");
  await press(walker, walker.words.google.signIn);
  await chooseAtGoogle(walker.page, googler);
}

test("a Google account is linked, signs in, and is unlinked again @phone", async ({
  page,
  walkerOn,
  settled,
  googler,
  mailbox,
  expectAccessible,
  words,
}) => {
  const person = await settled("activated");
  const account = googler();
  const walker = walkerOn(page);
  await link(walker, person, account);
  const { settings } = words.google;
  await expect(page.locator("main")).toContainText(account.email);
  await expect(page.locator("main")).toContainText(settings.neverUsed);
  await expectAccessible();
  expect((await mailbox.nextTo(person.officialEmail)).text).toBeTruthy();

  await signOut(walker);
  await expectAccessible();
  await signInAtGoogle(walker, account);
  await expect(page).toHaveURL(/\/home$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(person.fullName);

  await page.goto("/settings/google");
  await expect(page.locator("main")).not.toContainText(settings.neverUsed);
  await expect(page.locator("main")).toContainText(words.settings.waysLeft.withPassword);
  await press(walker, settings.unlink);
  // What Google alone had opened ends with it.
  await expect(page).toHaveURL(/\/sign-in/);
  await signInAtGoogle(walker, account);
  await expect(page).toHaveURL(/\/sign-in\?notice=googleNotLinked$/);
  await expect(page.locator("main")).toContainText(begins(words.google.notice.googleNotLinked));
  await expectAccessible();
});

test("a registration begins with Google, which is linked by one press after the activation, and not before", async ({
  page,
  anotherBrowser,
  walkerOn,
  somebody,
  googler,
  mailbox,
  expectAccessible,
  words,
}) => {
  // The way through everything, on machines that are busy too.
  test.setTimeout(120_000);
  const person = somebody();
  const account = googler({ email: person.officialEmail, name: person.fullName });
  const walker = unlooked(walkerOn(page));
  await page.goto("/register");
  await press(walker, words.google.register.start);
  await chooseAtGoogle(page, account);
  await expect(page).toHaveURL(/\/register\?with=google$/);
  await expect(field(page, "fullName")).toHaveValue(person.fullName);
  await expect(field(page, "officialEmail")).toHaveValue(person.officialEmail);
  await expectAccessible();

  await press(walker, words.register.form.submit);
  await expect(alertOn(page)).toBeVisible();
  await expect(field(page, "fullName"), "what Google filled in stays").toHaveValue(person.fullName);
  await field(page, "identityNumber").fill(dashed(person.identity));
  await field(page, "office").selectOption({ index: 1 });
  await page.getByRole("checkbox", { name: words.captcha.label }).check();
  await expect(page.getByText(words.captcha.done)).toBeVisible({ timeout: 20_000 });
  await press(walker, words.register.form.submit);
  await expect(page).toHaveURL(/\/register\/sent$/);
  await activate(walker, linkIn(await mailbox.nextTo(person.officialEmail)), person);

  await signInAtGoogle(walker, account);
  await expect(page, "nothing was linked by itself").toHaveURL(/notice=googleNotLinked$/);

  const other = unlooked(walkerOn(await anotherBrowser()));
  await signIn(other, person, PASSWORD);
  await other.page.goto("/settings/google");
  await expect(other.page.locator("main"), "offered in its own browser only").not.toContainText(account.email);

  await signIn(walker, person, PASSWORD);
  await page.goto("/settings/google");
  await expect(page.locator("main")).toContainText(account.email);
  await expectAccessible();
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "fits a small phone").toBe(320);
  await press(walker, words.google.settings.linkThis);
  await expect(page).toHaveURL(/\?done=linked$/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "fits a small phone").toBe(320);
  await page.setViewportSize({ width: 1280, height: 800 });
  await signOut(walker);
  await signInAtGoogle(walker, account);
  await expect(page).toHaveURL(/\/home$/);
});

test("what was remembered is offered to nobody else in that browser, and can be put away", async ({
  page,
  walkerOn,
  settled,
  googler,
  words,
}) => {
  const [ada, ben] = [await settled("activated"), await settled("activated")];
  const account = googler({ email: "ada@pejabat.example" });
  const walker = unlooked(walkerOn(page));
  await page.goto("/register");
  await press(walker, words.google.register.start);
  await chooseAtGoogle(page, account);
  await expect(field(page, "officialEmail"), "of a domain that is not allowed").toHaveValue("");
  // Ada's number is taken, which nobody is told here.
  await field(page, "identityNumber").fill(ada.identity.number);
  await field(page, "officialEmail").fill("ada.baharu@contoh.example.gov.my");
  await field(page, "office").selectOption({ index: 1 });
  await page.getByRole("checkbox", { name: words.captcha.label }).check();
  await expect(page.getByText(words.captcha.done)).toBeVisible({ timeout: 20_000 });
  await press(walker, words.register.form.submit);
  await expect(page).toHaveURL(/\/register\/sent$/);
  await page.goto("/register?with=google");
  await expect(page.locator("main")).not.toContainText(account.email);

  await signIn(walker, ben, GOOD_PASSWORD);
  await page.goto("/settings/google");
  await expect(page.locator("main")).not.toContainText(account.email);
  await signOut(walker);
  await signIn(walker, ada, GOOD_PASSWORD);
  await page.goto("/settings/google");
  await expect(page.locator("main")).toContainText(account.email);
  await press(walker, words.google.settings.notMine);
  await expect(page.getByText(words.google.settings.done.forgotten)).toBeVisible();
  await page.goto("/settings/google");
  await expect(page.locator("main")).not.toContainText(account.email);
});

test("where the account asks for two factors, Google leads to what is missing and opens nothing", async ({
  page,
  walkerOn,
  settled,
  googler,
  database,
}) => {
  const person = await settled("activated");
  const account = googler();
  const walker = unlooked(walkerOn(page));
  await link(walker, person, account);
  await signOut(walker);
  await database.query("update account set asks_two_factors = true where id = $1", [person.id]);
  await database.query(
    "insert into totp_credential (account_id, id, secret_sealed, last_step, set_at) values ($1, gen_random_uuid(), 'sealed', 0, now())",
    [person.id],
  );
  await signInAtGoogle(walker, account);
  await expect(page).toHaveURL(/\/sign-in\/(method|password)$/);
  expect(await sessionCookie(walker)).toBeUndefined();
  await page.goto("/home");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("unlinking ends at once what Google opened elsewhere", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
  googler,
  words,
}) => {
  const person = await settled("activated");
  const account = googler();
  const walker = unlooked(walkerOn(page));
  await link(walker, person, account);
  const elsewhere = unlooked(walkerOn(await anotherBrowser()));
  await signInAtGoogle(elsewhere, account);
  await expect(elsewhere.page).toHaveURL(/\/home$/);

  await press(walker, words.google.settings.unlink);
  await expect(page.getByText(words.google.settings.done.unlinked)).toBeVisible();
  await elsewhere.page.reload();
  await expect(elsewhere.page).toHaveURL(/\/sign-in/);
});

test("a suspended account and one that nobody has linked are told the same", async ({
  page,
  walkerOn,
  settled,
  googler,
  database,
  words,
}) => {
  const person = await settled("activated");
  const [account, stranger] = [googler(), googler()];
  const walker = unlooked(walkerOn(page));
  await link(walker, person, account);
  await signOut(walker);
  await database.query("update account set status = 'suspended', suspended_from = 'activated' where id = $1", [
    person.id,
  ]);
  await signInAtGoogle(walker, account);
  await expect(page).toHaveURL(/notice=googleNotLinked$/);
  // What the machine can do is told by a script, once it has looked.
  const machine = page.getByText(words.passkeys.signIn.noneHere);
  await expect(machine).toBeVisible();
  const suspended = await page.locator("main").textContent();
  await signInAtGoogle(walker, stranger);
  await expect(page).toHaveURL(/notice=googleNotLinked$/);
  await expect(machine).toBeVisible();
  expect(await page.locator("main").textContent()).toBe(suspended);
  expect(await sessionCookie(walker)).toBeUndefined();
});

test("whoever calls it off at Google is back where they began, in plain words", async ({
  page,
  walkerOn,
  settled,
  expectAccessible,
  words,
}) => {
  const walker = unlooked(walkerOn(page));
  const said = page.getByText(words.google.notice.googleCancelled);
  await page.goto("/register");
  await press(walker, words.google.register.start);
  await chooseAtGoogle(page, null);
  await expect(page).toHaveURL(/\/register\?notice=googleCancelled$/);
  await expect(said).toBeVisible();
  await signInAtGoogle(walker, null);
  await expect(page).toHaveURL(/\/sign-in\?notice=googleCancelled$/);
  await expect(said).toBeVisible();
  await expectAccessible();
  expect(await sessionCookie(walker)).toBeUndefined();

  await signIn(walker, await settled("activated"), GOOD_PASSWORD);
  await page.goto("/settings/google");
  await press(walker, words.google.settings.link);
  await chooseAtGoogle(page, null);
  await expect(page).toHaveURL(/\/settings\/google\?notice=googleCancelled$/);
  await expect(said).toBeVisible();
});

test("an address that Google has not verified proves nothing", async ({ page, walkerOn, googler, words }) => {
  const walker = unlooked(walkerOn(page));
  await signInAtGoogle(walker, googler({ email_verified: false }));
  await expect(page).toHaveURL(/notice=googleUnverified$/);
  await expect(page.getByText(words.google.notice.googleUnverified)).toBeVisible();
});

test("what opens another account is not linked, and its owner's stays", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
  googler,
  words,
}) => {
  const account = googler();
  await link(unlooked(walkerOn(await anotherBrowser())), await settled("activated"), account);
  const walker = unlooked(walkerOn(page));
  await signIn(walker, await settled("activated"), GOOD_PASSWORD);
  await page.goto("/settings/google");
  await press(walker, words.google.settings.link);
  await chooseAtGoogle(page, account);
  await expect(page).toHaveURL(/notice=linked_elsewhere$/);
  await expect(page.getByText(words.google.notice.linked_elsewhere)).toBeVisible();
  await expect(page.getByText(account.email)).toHaveCount(0);
});

test("a link that one person began is not another's, who signed in meanwhile", async ({
  page,
  context,
  walkerOn,
  settled,
  googler,
  words,
}) => {
  const [ada, ben] = [await settled("activated"), await settled("activated")];
  const account = googler();
  const walker = unlooked(walkerOn(page));
  await signIn(walker, ada, GOOD_PASSWORD);
  await page.goto("/settings/google");
  await press(walker, words.google.settings.link);
  await expect(page).toHaveURL(/\/choose\//);
  const second = unlooked(walkerOn(await context.newPage()));
  await second.page.goto("/home");
  await signOut(second);
  await signIn(second, ben, GOOD_PASSWORD);
  await chooseAtGoogle(page, account);
  await expect(page).toHaveURL(/\/settings\/google\?notice=googleFailed$/);
  await expect(page.locator("main")).toContainText(words.google.settings.none);
});

test.describe("what comes back from Google", () => {
  /** Follows a sign-in up to the address that Google would send the browser back to, and does not go there. */
  async function comingBack(walker: Walker, { sub }: GooglePerson): Promise<URL> {
    const { page, words } = walker;
    await page.goto("/sign-in");
    await press(walker, words.google.signIn);
    await expect(page).toHaveURL(/\/choose\//);
    const { request } = page.context();
    const chosen = await request.post(page.url(), { form: { sub }, maxRedirects: 0 });
    const resumed = await request.get(String(chosen.headers().location), { maxRedirects: 0 });
    return new URL(String(resumed.headers().location));
  }

  test("with another state, from another browser, or too late opens nothing; once it is used it is used up", async ({
    page,
    anotherBrowser,
    walkerOn,
    settled,
    googler,
    words,
  }) => {
    const person = await settled("activated");
    const account = googler();
    const walker = unlooked(walkerOn(page));
    await link(walker, person, account);
    await signOut(walker);
    const said = words.google.notice.googleFailed;

    const tampered = await comingBack(walker, account);
    tampered.searchParams.set("state", `${tampered.searchParams.get("state")}x`);
    await page.goto(tampered.href);
    await expect(page).toHaveURL(/\/sign-in\?notice=googleFailed$/);
    await expect(page.getByText(said)).toBeVisible();

    const stolen = await comingBack(walker, account);
    const thief = unlooked(walkerOn(await anotherBrowser()));
    await thief.page.goto(stolen.href);
    await expect(thief.page).toHaveURL(/\/sign-in\?notice=googleFailed$/);
    expect(await sessionCookie(thief)).toBeUndefined();

    const late = await comingBack(walker, account);
    await page.context().clearCookies({ name: /google/ });
    await page.goto(late.href);
    await expect(page).toHaveURL(/\/sign-in\?notice=googleFailed$/);
    expect(await sessionCookie(walker)).toBeUndefined();

    const once = await comingBack(walker, account);
    const kept = await page.context().cookies();
    await page.goto(once.href);
    await expect(page).toHaveURL(/\/home$/);
    await signOut(walker);
    await page.goto(once.href);
    await expect(page).toHaveURL(/\/sign-in\?notice=googleFailed$/);
    await page.context().addCookies(kept.filter(({ name }) => name.includes("google")));
    await page.goto(once.href);
    await expect(page, "with the cookies put back Google refuses the code").toHaveURL(/notice=googleFailed$/);
    expect(await sessionCookie(walker)).toBeUndefined();
  });

  test("is never kept by anybody, and nonsense is answered with plain words", async ({ origin, address }) => {
    for (const query of ["", "?code=x", "?state=x&code=y", "?error=access_denied", "?code=a&code=b&state=c&state=d"]) {
      const answer = await fetch(`${origin}/api/auth/callback/google${query}`, {
        redirect: "manual",
        headers: { "x-forwarded-for": address },
      });
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([307, "no-store"]);
      expect(answer.headers.get("location")).toMatch(/^\/sign-in\?notice=google(Failed|Cancelled)$/);
      expect(answer.headers.getSetCookie().join()).not.toContain("session");
    }
    const head = await fetch(`${origin}/api/auth/callback/google?code=x`, { method: "HEAD" });
    expect(head.status).toBe(405);
  });
});

const SHUT = [
  "signin",
  "signin/google",
  "signout",
  "session",
  "csrf",
  "providers",
  "error",
  "verify-request",
  "webauthn-options/google",
  "callback/ceremony",
  "callback/credentials",
];

test("no other address of next-auth is open, nor this one where the agency does not offer Google", async ({
  origin,
  address,
}) => {
  const status = async (url: string, method = "GET") => {
    const post = { body: "csrfToken=x", headers: { origin: new URL(url).origin } };
    const answer = await fetch(url, { method, redirect: "manual", ...(method === "POST" && post) });
    expect(answer.headers.getSetCookie(), url).toEqual([]);
    return answer.status;
  };
  for (const path of SHUT) {
    expect(await status(`${origin}/api/auth/${path}`), path).toBe(404);
    expect([404, 405, 415], path).toContain(await status(`${origin}/api/auth/${path}`, "POST"));
  }
  expect([405, 415]).toContain(await status(`${origin}/api/auth/callback/google`, "POST"));

  const without = process.env.KUNCI_E2E_ORIGIN as string;
  expect(await status(`${without}/api/auth/callback/google?code=x&state=y`)).toBe(404);
  for (const path of ["/sign-in", "/register"]) {
    const page = await (await fetch(`${without}${path}`, { headers: { "x-forwarded-for": address } })).text();
    expect(page).not.toContain(messages.ms.google.signIn);
    expect(page).not.toContain(messages.ms.google.register.start);
  }
});

test("without JavaScript Google signs in as well, and leads back to where one was going", async ({
  anotherBrowser,
  page,
  walkerOn,
  settled,
  googler,
  words,
}) => {
  const person = await settled("activated");
  const account = googler();
  await link(unlooked(walkerOn(page)), person, account);
  const plain = unlooked(walkerOn(await anotherBrowser({ javaScript: false }), { script: false }));
  await plain.page.goto("/settings/google");
  await expect(plain.page).toHaveURL(/\/sign-in\?returnTo=/);
  await press(plain, words.google.signIn);
  await chooseAtGoogle(plain.page, account);
  await expect(plain.page).toHaveURL(/\/settings\/google$/);
  await press(plain, words.google.settings.unlink);
  await expect(plain.page).toHaveURL(/\/sign-in/);
});

test("linking asks for a fresh proof before one leaves, and again where it grew old at Google", async ({
  page,
  walkerOn,
  settled,
  googler,
  database,
  words,
  expectAccessible,
}) => {
  const person = await settled("activated");
  const account = googler();
  const walker = unlooked(walkerOn(page));
  const growOld = () =>
    database.query(
      "update session set proofs = jsonb_set(proofs, '{0,at}', to_jsonb(now() - interval '11 minutes')) where account_id = $1",
      [person.id],
    );
  const proveAgain = async () => {
    await expect(page).toHaveURL(/\/sign-in\/step-up/);
    await field(page, "password").fill(GOOD_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/settings\/google$/);
  };
  await signIn(walker, person, GOOD_PASSWORD);
  await page.goto("/settings/google");
  await growOld();
  await press(walker, words.google.settings.link);
  await proveAgain();

  await press(walker, words.google.settings.link);
  await expect(page).toHaveURL(/\/choose\//);
  await growOld();
  await chooseAtGoogle(page, account);
  await proveAgain();
  await expect(page.locator("main")).toContainText(account.email);
  await expectAccessible();
  await press(walker, words.google.settings.linkThis);
  await expect(page).toHaveURL(/\?done=linked$/);
});

test("a return path that leads elsewhere is not followed", async ({ page, walkerOn, settled, googler, words }) => {
  const person = await settled("activated");
  const account = googler();
  const walker = unlooked(walkerOn(page));
  await link(walker, person, account);
  await signOut(walker);
  await page.goto("/sign-in?returnTo=/settings/language");
  const returnTo = page.locator('form:has-text("Google") input[name="returnTo"]');
  // Taking the page over, its script would put back what was there.
  await isAtWork(returnTo);
  await returnTo.evaluate((input: HTMLInputElement) => {
    input.value = "//elsewhere.example.gov.my/";
  });
  await press(walker, words.google.signIn);
  await chooseAtGoogle(page, account);
  await expect(page).toHaveURL(/\/home$/);
});

test("behind a proxy with https Google is told the configured address, whatever a request says, and cookies stay on this host", async () => {
  test.setTimeout(120_000);
  const host = "kunci.contoh.example.gov.my";
  const port = await freePort();
  const issuer = await startGoogleIssuer({ origin: `https://${host}` });
  const account = issuer.add({ sub: "1", email: "pegawai@contoh.example.gov.my" });
  const portal = await startPortal({ port, env: { ...issuer.env, ORIGIN: `https://${host}` } });
  const lies = {
    "x-forwarded-host": "elsewhere.example",
    "x-forwarded-proto": "http",
    forwarded: "host=elsewhere.example",
  };
  const ask = (path: string, more: Parameters<typeof asHost>[3] = {}) =>
    asHost(port, host, path, { ...more, headers: { ...lies, ...more.headers } });
  try {
    const page = await ask("/sign-in");
    const before = page.text.slice(0, page.text.indexOf(messages.ms.google.signIn));
    const action = before.match(/\$ACTION_ID_[0-9a-f]{42}/g)?.at(-1);
    const fields = new FormData();
    fields.set(String(action), "");
    const form = new Response(fields);
    const left = await ask("/sign-in", {
      method: "POST",
      headers: { origin: `https://${host}`, "content-type": String(form.headers.get("content-type")) },
      body: await form.text(),
    });
    const to = new URL(String(left.headers.location));
    expect(to.origin).toBe(issuer.issuer);
    expect(to.searchParams.get("redirect_uri")).toBe(`https://${host}/api/auth/callback/google`);
    const cookies = left.headers["set-cookie"] ?? [];
    expect(cookies.length).toBeGreaterThan(3);
    for (const cookie of cookies) expect(cookie).toMatch(/^__Host-kunci-.*Path=\/;.*Secure; HttpOnly; SameSite=lax$/);

    const back = await throughGoogle(to, account);
    expect(back.origin).toBe(`https://${host}`);
    const kept = cookies.map((cookie) => cookie.split(";", 1)[0]).join("; ");
    const returned = await ask(back.pathname + back.search, { headers: { cookie: kept } });
    // Google's code was taken: it is only that nobody has linked this account.
    expect(returned.headers.location).toBe("/sign-in?notice=googleNotLinked");
  } finally {
    await portal.stop();
    await issuer.close();
  }
});
