import fs from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { cookieNameOn } from "#lib/server/request/cookie-names.ts";
import { methods } from "#lib/sign-in/methods.ts";
import { expect, test } from "./harness/fixtures.ts";
import { handedOver } from "./harness/mailbox.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { plainForm } from "./harness/plain-form.ts";
import { giveAuthenticatorApp } from "./harness/second-factors.ts";
import {
  alertOn,
  choosePasswordCard,
  field,
  givePassword,
  identify,
  methodCard,
  signIn,
  signOut,
  upToFigure,
  type Walker,
} from "./harness/steps.ts";

const dataDir = () => process.env.KUNCI_E2E_DATA_DIR as string;

const nameOf = ({ words }: Pick<Walker, "words">, method: keyof Walker["words"]["method"]["ways"]) =>
  words.method.ways[method].name;

const choose = ({ page, words }: Walker, method: keyof Walker["words"]["method"]["ways"]) =>
  methodCard(page, nameOf({ words }, method)).click();

async function typeCode({ page, words }: Walker, code: string, button = words.signIn.code.submit): Promise<void> {
  await field(page, "code").fill(code);
  await page.getByRole("button", { name: button, exact: true }).click();
}

const atHome = (page: Page) => expect(page).toHaveURL(/\/home$/);
const mailedCode = (text: string) => /(?<![\d/-])\d{3} ?\d{3}(?![\d/-])/.exec(text)?.[0] ?? "";
const namesOn = (page: Page) =>
  page.locator(".methods .name").evaluateAll((all) => all.map((one) => one.firstChild?.textContent));

test("the page is the same, letter by letter, for numbers with an account and without", async ({
  origin,
  address,
  settled,
  somebody,
}) => {
  const withTwo = await settled("activated");
  await giveAuthenticatorApp(dataDir(), withTwo.id, { recoveryCodes: 2 });
  const people = [
    somebody(),
    await settled("activated"),
    withTwo,
    await settled("suspended"),
    await settled("registered"),
  ];
  const pages = await Promise.all(people.map(({ identity }) => methodPageOf(origin, address, identity.number)));
  expect(pages[0]).toContain('class="methods"');
  for (const page of pages) expect(page).toBe(pages[0]);
});

/** Everything but what is made anew for every answer, and the number as it was typed. */
async function methodPageOf(origin: string, address: string, number: string): Promise<string> {
  const form = await plainForm(`${origin}/sign-in`, address);
  form.fill({ identityNumber: number });
  const answer = await form.send();
  expect(answer.headers.get("location")).toBe("/sign-in/method");
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  const page = await fetch(`${origin}/sign-in/method`, { headers: { cookie, "x-forwarded-for": address } });
  expect(page.status).toBe(200);
  const html = await page.text();
  const nonce = /nonce-([\w-]{22})/.exec(page.headers.get("content-security-policy") ?? "")?.[1] as string;
  return html.replaceAll(nonce, "").replaceAll(number.slice(0, 6), "");
}

test("what this browser signed in with last comes first, whoever signs in next @phone", async ({
  page,
  walkerOn,
  settled,
  somebody,
  words,
}) => {
  const walker = walkerOn(page);
  await identify(walker, somebody());
  const everybodys = methods.map((method) => words.method.ways[method].name);
  await expect.poll(() => namesOn(page)).toEqual(everybodys);
  const best = page.locator(".methods > .best");
  await expect(best).toContainText(words.passkeys.card.here);
  await expect(best, "what cannot be used here is not recommended").not.toContainText(words.method.recommended);

  await signIn(walker, await settled("activated"), GOOD_PASSWORD);
  await signOut(walker);
  await identify(walker, somebody());
  await expect(page.locator(".methods .name")).toHaveCount(everybodys.length);
  const [first, ...rest] = await namesOn(page);
  expect(first).toBe(words.method.ways.password.name);
  expect(rest).toEqual(everybodys.filter((name) => name !== first));
  await expect(page.locator(".methods > .best")).toContainText(words.method.lastUsed);
  await walker.arrived(page);
});

for (const script of [true, false]) {
  const how = script ? "with" : "without";

  test(`a password and then a code of the app open an account that asks for both, ${how} JavaScript${script ? " @phone" : ""}`, async ({
    page: own,
    anotherBrowser,
    walkerOn,
    settled,
  }) => {
    const page = script ? own : await anotherBrowser({ javaScript: false });
    const walker = walkerOn(page, { script });
    const { words } = walker;
    const person = await settled("activated");
    const app = await giveAuthenticatorApp(dataDir(), person.id);
    await identify(walker, person);
    await choosePasswordCard(walker);
    await givePassword(walker, GOOD_PASSWORD);

    await expect(page, "the only other way is opened at once").toHaveURL(/\/sign-in\/code\?method=totp$/);
    await expect(page.getByText(words.signIn.secondStep)).toBeVisible();
    await walker.arrived(page);
    await page.getByRole("link", { name: words.signIn.code.otherWay }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.method.next.heading);
    await expect.poll(() => namesOn(page)).toEqual([words.method.ways.totp.name]);
    await walker.arrived(page);
    await choose(walker, "totp");

    await typeCode(walker, "12345");
    await expect(alertOn(page)).toContainText(words.signIn.code.shape);
    await typeCode(walker, app.codeNow(-20));
    await expect(alertOn(page)).toContainText(upToFigure(words.signIn.code.totp.mismatch));
    await expect(field(page, "code")).toHaveValue("");
    await walker.arrived(page);
    await typeCode(walker, app.codeNow());
    await atHome(page);
  });

  test(`a code of the app and then the password do as well, ${how} JavaScript`, async ({
    page: own,
    anotherBrowser,
    walkerOn,
    settled,
    words,
  }) => {
    const page = script ? own : await anotherBrowser({ javaScript: false });
    const walker = walkerOn(page, { script });
    const person = await settled("activated");
    const app = await giveAuthenticatorApp(dataDir(), person.id);
    await identify(walker, person);
    await choose(walker, "totp");
    await expect(page).toHaveURL(/\/sign-in\/code\?method=totp$/);
    await walker.arrived(page);
    await typeCode(walker, app.codeNow());
    await expect(page).toHaveURL(/\/sign-in\/password$/);
    await expect(page.getByText(words.signIn.secondStep)).toBeVisible();
    await givePassword(walker, GOOD_PASSWORD);
    await atHome(page);
  });

  test(`a recovery code stands in for the app, once, ${how} JavaScript`, async ({
    page: own,
    anotherBrowser,
    walkerOn,
    settled,
  }) => {
    const page = script ? own : await anotherBrowser({ javaScript: false });
    const walker = walkerOn(page, { script });
    const { words } = walker;
    const person = await settled("activated");
    const { recoveryCodes } = await giveAuthenticatorApp(dataDir(), person.id, { recoveryCodes: 2 });
    const [code = ""] = recoveryCodes;
    const untilTheCode = async () => {
      await identify(walker, person);
      await choosePasswordCard(walker);
      await givePassword(walker, GOOD_PASSWORD);
      await page.getByRole("link", { name: words.signIn.code.useRecovery }).click();
      await expect(page).toHaveURL(/\/sign-in\/code\?method=recovery$/);
    };
    await untilTheCode();
    await walker.arrived(page);
    await typeCode(walker, "7K2M-9QXD");
    await expect(alertOn(page)).toContainText(words.signIn.code.recoveryShape);
    await typeCode(walker, code.toLowerCase().replaceAll("-", " "));
    await atHome(page);
    await page.context().clearCookies({ name: /session/ });

    await untilTheCode();
    await typeCode(walker, code);
    await expect(alertOn(page)).toContainText(upToFigure(words.signIn.code.recovery.mismatch));
    await walker.arrived(page);
  });

  test(`a code by email opens an account that asks for one factor, ${how} JavaScript${script ? " @phone" : ""}`, async ({
    page: own,
    anotherBrowser,
    walkerOn,
    settled,
    mailbox,
    database,
  }) => {
    const page = script ? own : await anotherBrowser({ javaScript: false });
    const walker = walkerOn(page, { script });
    const { words } = walker;
    const person = await settled("activated");
    await identify(walker, person);
    await choose(walker, "email");
    await expect(page).toHaveURL(/\/sign-in\/code\?method=email$/);
    await expect(page.getByRole("timer")).toContainText("10");
    await walker.arrived(page);
    const first = mailedCode((await mailbox.nextTo(person.officialEmail)).text);

    await page.getByRole("button", { name: words.signIn.code.email.again, exact: true }).click();
    await expect(page.getByText(words.signIn.code.email.againSoon)).toBeVisible();
    await walker.arrived(page);
    await database.query(
      "update sign_in_ceremony set code_requested_at = code_requested_at - interval '61 seconds' where account_id = $1",
      [person.id],
    );
    await database.query(
      "update email_code set created_at = created_at - interval '61 seconds' where account_id = $1",
      [person.id],
    );
    await page.getByRole("button", { name: words.signIn.code.email.again, exact: true }).click();
    await expect(page.getByText(words.signIn.code.email.againDone)).toBeVisible();
    const second = mailedCode((await mailbox.nextTo(person.officialEmail, 2)).text);
    expect(second).not.toBe(first);
    await typeCode(walker, first);
    await expect(alertOn(page), "only the newest lives").toContainText(upToFigure(words.signIn.code.email.mismatch));
    await typeCode(walker, second);
    await atHome(page);
  });
}

test("a code by email that has expired opens nothing, and the page says so", async ({
  page,
  walkerOn,
  settled,
  mailbox,
  database,
  words,
}) => {
  const walker = walkerOn(page);
  const person = await settled("activated");
  await identify(walker, person);
  await choose(walker, "email");
  await expect(page).toHaveURL(/method=email$/);
  const code = mailedCode((await mailbox.nextTo(person.officialEmail)).text);
  await handedOver(database, "email_code", person);
  const older = "- interval '601 seconds'";
  await database.query(
    `update email_code set handed_over_at = handed_over_at ${older}, created_at = created_at ${older} where account_id = $1`,
    [person.id],
  );
  await database.query(
    `update sign_in_ceremony set code_requested_at = code_requested_at ${older} where account_id = $1`,
    [person.id],
  );
  await page.reload();
  await expect(page.getByRole("timer")).toHaveText(words.signIn.code.email.over);
  await walker.arrived(page);
  await typeCode(walker, code);
  await expect(alertOn(page)).toContainText(upToFigure(words.signIn.code.email.mismatch));
});

test("without JavaScript the cards of passkeys say that they need it, and pressing one offers the others", async ({
  anotherBrowser,
  walkerOn,
  somebody,
  words,
}) => {
  const page = await anotherBrowser({ javaScript: false });
  await identify(walkerOn(page, { script: false }), somebody());
  const needing = page.locator(".method:has(noscript:visible)");
  await expect(needing.locator(".name")).toContainText([
    words.method.ways.passkey.name,
    words.method.ways.otherDevice.name,
  ]);
  expect(await needing.locator("noscript").allTextContents()).toEqual(
    Array.from({ length: 2 }, () => ` ${words.method.needsScript}`),
  );
  await needing.first().click();
  await expect(page).toHaveURL(/\/sign-in\/method$/);
  await expect(page.getByText(words.passkeys.signIn.nothingCame)).toBeVisible();
  await expect(page.locator(".method")).toHaveCount(methods.length);
});

test("who has no account is asked for a code by email the same way, and no letter goes anywhere", async ({
  page,
  walkerOn,
  somebody,
  settled,
  mailbox,
}) => {
  const walker = walkerOn(page);
  const seen: (string | null)[] = [];
  for (const person of [await settled("activated"), somebody()]) {
    await identify(walker, person);
    await choose(walker, "email");
    await expect(page).toHaveURL(/method=email$/);
    await typeCode(walker, "000000");
    await expect(alertOn(page)).toBeVisible();
    const said = (await page.locator("main").textContent()) ?? "";
    seen.push(said.replaceAll(person.identity.number.slice(0, 6), "").replace(/\d+:\d\d|\d+ minit lagi/g, ""));
  }
  expect(seen[1]).toBe(seen[0]);
  expect(await mailbox.lettersTo(somebody().officialEmail)).toEqual([]);
});

test("codes in full-width digits and with spaces are read as they are meant", async ({ page, walkerOn, settled }) => {
  const walker = walkerOn(page);
  const person = await settled("activated");
  const app = await giveAuthenticatorApp(dataDir(), person.id, { asksTwoFactors: false });
  await identify(walker, person);
  await choose(walker, "totp");
  const code = [...app.codeNow()].map((digit) => String.fromCodePoint(0xff10 + Number(digit)));
  const answered = page.waitForURL(/\/home$/);
  await page.locator('input[name="code"]').evaluate(
    (input, typed) => {
      (input as HTMLInputElement).value = typed;
    },
    `${code.slice(0, 3).join("")} ${code.slice(3).join("")}`,
  );
  await page.keyboard.press("Escape");
  await page.locator('main form button[type="submit"]').first().click();
  await answered;
});

test("a number of wrong codes from one address answers 429 with when to come back", async ({
  origin,
  address,
  somebody,
  words,
}) => {
  let last: Response | undefined;
  for (let n = 0; n < 21; n++) {
    const start = await plainForm(`${origin}/sign-in`, address);
    start.fill({ identityNumber: somebody().identity.number });
    const begun = await start.send();
    const cookie = begun.headers
      .getSetCookie()
      .map((line) => line.split(";", 1)[0])
      .join("; ");
    const form = await plainForm(`${origin}/sign-in/code?method=totp`, address, cookie);
    form.fill({ code: "123456" });
    last = await form.send();
  }
  expect(last?.status).toBe(429);
  expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await last?.text()).toContain(upToFigure(words.signIn.tooMany));
});

test("steps out of order lead back to the beginning, with an explanation", async ({
  page,
  anotherBrowser,
  walkerOn,
  settled,
  words,
}) => {
  for (const path of ["/sign-in/method", "/sign-in/password", "/sign-in/code", "/sign-in/code?method=email"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/sign-in\?notice=startAgain$/);
    await expect(page.getByText(words.signIn.startAgain)).toBeVisible();
  }
  const walker = walkerOn(page);
  await identify(walker, await settled("activated"));
  for (const path of ["/sign-in/code?method=recovery", "/sign-in/code?method=email"]) {
    await page.goto(path);
    await expect(page, `${path} has to be asked for or earned`).toHaveURL(/\/sign-in\/method$/);
  }
  await page.goto("/sign-in/code?method=nothing");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.signIn.code.totp.heading);

  const elsewhere = await anotherBrowser();
  await elsewhere.goto("/sign-in/method");
  await expect(elsewhere).toHaveURL(/\/sign-in\?notice=startAgain$/);
});

test("a sign-in that was used is not used again", async ({ page, context, walkerOn, settled }) => {
  const walker = walkerOn(page);
  await identify(walker, await settled("activated"));
  await choosePasswordCard(walker);
  const kept = await context.cookies();
  await givePassword(walker, GOOD_PASSWORD);
  await atHome(page);
  await context.clearCookies({ name: /session/ });
  await context.addCookies(kept);
  await page.goto("/sign-in/password");
  await expect(page).toHaveURL(/\/sign-in\?notice=startAgain$/);
});

const NAME = "Nama Yang Tiada Di Mana-mana";
/** Home and every page of the settings that has an address of its own. */
const PERSONAL = [
  "/home",
  ...fs
    .globSync("**/page.tsx", { cwd: "app/(account)/settings", exclude: (name) => name.includes("[") })
    .map((page) => path.join("/settings", path.dirname(page))),
];

test("half a sign-in opens nothing: not by address, not to a script, not ahead of time", async ({
  page,
  context,
  origin,
  address,
  walkerOn,
  settled,
  database,
}) => {
  const walker = walkerOn(page);
  const person = await settled("activated");
  await database.query("update account set full_name = $1 where id = $2", [NAME, person.id]);
  const app = await giveAuthenticatorApp(dataDir(), person.id);
  await identify(walker, person);
  await choosePasswordCard(walker);
  await givePassword(walker, GOOD_PASSWORD);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  let cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  expect(cookie).not.toContain(cookieNameOn(origin, "session"));

  const get = (path: string, headers: Record<string, string>) =>
    fetch(origin + path, { headers: { cookie, "x-forwarded-for": address, ...headers } });
  const asked: Record<string, string>[] = [
    {},
    { RSC: "1" },
    { RSC: "1", "Next-Router-Prefetch": "1" },
    { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" },
    { Purpose: "prefetch", "Sec-Purpose": "prefetch" },
  ];
  for (const page of PERSONAL)
    for (const headers of asked) {
      // Next.js puts a question mark of its own behind the address of such a request, and leads there first.
      const answer = await get(page, headers);
      const body = await answer.text();
      const what = `${page} ${JSON.stringify(headers)} ends at ${answer.url} (${answer.status})`;
      expect(
        [NAME, person.officialEmail].filter((personal) => body.includes(personal)),
        what,
      ).toEqual([]);
      // Ahead of time only the empty frame is given, which leads nowhere.
      if (!("Next-Router-Prefetch" in headers))
        expect((answer.url + body).includes("/sign-in?returnTo="), what).toBe(true);
    }
  await page.goto("/home");
  await expect(page).toHaveURL(/\/sign-in\?returnTo=%2Fhome$/);

  await page.goto("/sign-in/code?method=totp");
  await typeCode(walker, app.codeNow());
  await atHome(page);
  cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  expect(await (await get("/home", { RSC: "1" })).text(), "the whole of it does open").toContain(NAME);
});

test("the choice and the code are reached and answered by keyboard alone", async ({
  page,
  walkerOn,
  settled,
  words,
}) => {
  const walker = walkerOn(page);
  const person = await settled("activated");
  const app = await giveAuthenticatorApp(dataDir(), person.id, { asksTwoFactors: false });
  await identify(walker, person);
  const card = methodCard(page, words.method.ways.totp.name);
  for (let presses = 0; presses < 40 && !(await card.evaluate((one) => one === document.activeElement)); presses++)
    await page.keyboard.press("Tab");
  await expect(card).toBeFocused();
  expect(await card.evaluate((one) => getComputedStyle(one).boxShadow), "the focus shows").not.toBe("none");
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/\/sign-in\/code\?method=totp$/);
  for (let presses = 0; presses < 40 && (await page.locator('[name="code"]:focus').count()) === 0; presses++)
    await page.keyboard.press("Tab");
  await page.keyboard.type(app.codeNow());
  await page.keyboard.press("Enter");
  await atHome(page);
});
