import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import axe from "axe-core";
import type pg from "pg";
import type { AccountStatus } from "#db/schema/account.ts";
import type { Language } from "#lib/kernel/context.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { LANGUAGE_COOKIE } from "#lib/text/languages.ts";
import { type Messages, messages } from "#lib/text/messages.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";
import { settlePeople } from "./people.ts";
import { openDatabase } from "./portal.ts";
import type { Walker } from "./steps.ts";

export type JourneyOptions = { language: Language };

type Fixtures = JourneyOptions & {
  /** Where the portal answers. */
  origin: string;
  /** This test's own client address. */
  address: string;
  words: Messages;
  /** A made-up person nobody has registered yet. */
  somebody: () => ReturnType<typeof fixturePerson>;
  /** Somebody new with an account in this state of its life. */
  settled: (status: AccountStatus) => Promise<ReturnType<typeof fixturePerson> & { id: string }>;
  mailbox: Mailbox;
  /** A page of another browser: no cookies, its own address, with or without JavaScript. */
  anotherBrowser: (wanted?: { javaScript?: boolean; address?: string; origin?: string }) => Promise<Page>;
  /** Console errors, exceptions and broken content security rules; empty at the end, or the test fails. */
  trouble: string[];
  /** Drives this page in the test's words, and checks each page it reaches. */
  walkerOn: (page: Page, how?: { script?: boolean }) => Walker;
  /** Fails where axe finds anything on the page as it stands, in light or dark. */
  expectAccessible: (page?: Page) => Promise<void>;
};

type WorkerFixtures = {
  /** The portal's database as its owner, for what cannot be done from outside. */
  database: pg.Pool;
  /** The pages that axe has found nothing on, in this run: a file each, so that no worker looks again. */
  lookedAt: string;
};

/** Where the portal that all journeys share keeps its data. */
export const dataDir = (): string => process.env.KUNCI_E2E_DATA_DIR as string;

let people = 0;
let addresses = 0;

/** No two tests of a run share a number: workers count in ranges of their own. */
const own = (worker: number, count: number) => 1_000 + worker * 1_000 + count;
const addressOf = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

export const test = base.extend<Fixtures, WorkerFixtures>({
  language: ["ms", { option: true }],

  origin: async ({}, use) => use(process.env.KUNCI_E2E_ORIGIN as string),
  baseURL: async ({ origin }, use) => use(origin),
  address: async ({}, use, { workerIndex }) => use(addressOf(own(workerIndex, addresses++))),
  words: async ({ language }, use) => use(messages[language]),
  somebody: async ({}, use, { workerIndex }) => use(() => fixturePerson(own(workerIndex, people++))),
  settled: async ({ somebody }, use) => {
    await use(async (status) => {
      const person = somebody();
      const [id] = await settlePeople(dataDir(), [person], status);
      return { ...person, id: id as string };
    });
  },
  walkerOn: async ({ words, expectAccessible }, use) => {
    // axe is a script itself: a browser without JavaScript shows the same pages, looked at by the others.
    await use((page, { script = true } = {}) => ({
      page,
      words,
      script,
      arrived: script ? expectAccessible : async () => {},
    }));
  },
  mailbox: async ({ origin }, use) => use(openMailbox(process.env.KUNCI_E2E_MAILBOX ?? origin)),

  database: [
    async ({}, use) => {
      const database = await openDatabase(dataDir());
      await use(database);
      await database.end();
    },
    { scope: "worker" },
  ],

  trouble: async ({}, use) => {
    const trouble: string[] = [];
    await use(trouble);
    expect(trouble, "nothing goes wrong in the browser").toEqual([]);
  },

  context: async ({ context, address, language, origin, trouble }, use) => {
    await prepare(context, { address, language, origin, trouble });
    await use(context);
  },

  anotherBrowser: async ({ browser, language, origin: shared, trouble }, use, { workerIndex }) => {
    const opened: BrowserContext[] = [];
    await use(
      async ({ javaScript = true, address = addressOf(own(workerIndex, addresses++)), origin = shared } = {}) => {
        const context = await browser.newContext({ baseURL: origin, javaScriptEnabled: javaScript });
        opened.push(context);
        await prepare(context, { address, language, origin, trouble });
        return context.newPage();
      },
    );
    for (const context of opened) await context.close();
  },

  lookedAt: [async ({}, use) => use(process.env.KUNCI_E2E_LOOKED_AT as string), { scope: "worker" }],

  expectAccessible: async ({ page: own, lookedAt }, use) => {
    await use(async (page = own) => {
      // While Next.js goes from page to page the old title is gone a moment before the new one is there.
      await expect(page).toHaveTitle(/\S/);
      // What axe has seen before, but for figures and names of the moment, it need not see again in every journey.
      const seen = await page.evaluate(
        () =>
          `${window.innerWidth} ${matchMedia("(prefers-color-scheme: dark)").matches} ${document.documentElement.outerHTML.replace(/<script[\s\S]*?<\/script>|\d+|(nonce|value|href|src|content)="[^"]*"/g, "")}`,
      );
      const mark = path.join(lookedAt, createHash("sha256").update(seen).digest("base64url"));
      if (fs.existsSync(mark)) return;
      await page.evaluate(axe.source);
      // Letters in the mailbox's frames are looked at where they are written. What passes is neither gathered nor sent.
      const found = await page.evaluate<string[]>(
        `axe.run(document, { iframes: false, resultTypes: ["violations"] }).then(({ violations }) =>
          violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).join(", ")))`,
      );
      expect(found, `axe finds nothing on ${page.url()}`).toEqual([]);
      fs.writeFileSync(mark, "");
    });
  },
});

export { expect };

async function prepare(
  context: BrowserContext,
  { address, language, origin, trouble }: { address: string; language: Language; origin: string; trouble: string[] },
) {
  await context.setExtraHTTPHeaders({ "X-Forwarded-For": address });
  await context.addCookies([{ name: LANGUAGE_COOKIE, value: language, url: origin }]);
  context.on("weberror", (fault) => trouble.push(`exception: ${fault.error().message}`));
  context.on("console", (message) => {
    // What answers 400 (a passkey that does not hold), 404 or 429 on purpose says so here too; its test asserts on the
    // answer itself. So do the options of a passkey, where a fresh proof or a new sign-in is wanted first.
    const onPurpose = message.location().url.endsWith("/api/passkey/options") ? /4(01|03|09|29)/ : /4(00|04|09|29)/;
    const [, status = ""] =
      /^Failed to load resource: the server responded with a status of (\d+)/.exec(message.text()) ?? [];
    if (message.type() === "error" && !onPurpose.test(status)) trouble.push(`console: ${message.text()}`);
  });
}
