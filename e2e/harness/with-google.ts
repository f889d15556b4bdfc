import { type IncomingHttpHeaders, request } from "node:http";
import type { Page } from "@playwright/test";
import { type GoogleIssuer, type GooglePerson, startGoogleIssuer } from "#lib/testing/google-issuer.ts";
import { test as base, expect } from "./fixtures.ts";
import { openMailbox } from "./mailbox.ts";
import { settlePeople } from "./people.ts";
import { freePort, openDatabase, type Portal, startPortal } from "./portal.ts";

type Fixtures = {
  /** Somebody new with a Google account, on a domain of the agency unless told otherwise. */
  googler: (person?: Partial<GooglePerson>) => GooglePerson;
};

type WorkerFixtures = { google: { issuer: GoogleIssuer; portal: Portal } };

let googlers = 0;

/** The journeys' tools in a portal of this worker's own that offers Google, which a stand-in on this machine plays. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  google: [
    async ({}, use) => {
      const port = await freePort();
      const issuer = await startGoogleIssuer({ origin: `http://localhost:${port}` });
      const portal = await startPortal({ port, env: issuer.env });
      await use({ issuer, portal });
      await portal.stop();
      await issuer.close();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  database: [
    async ({ google }, use) => {
      const database = await openDatabase(google.portal.dataDir);
      await use(database);
      await database.end();
    },
    { scope: "worker" },
  ],
  origin: async ({ google }, use) => use(google.portal.origin),
  mailbox: async ({ origin }, use) => use(openMailbox(origin)),
  settled: async ({ somebody, google }, use) => {
    await use(async (status) => {
      const person = somebody();
      const [id] = await settlePeople(google.portal.dataDir, [person], status);
      return { ...person, id: id as string };
    });
  },
  googler: async ({ google }, use) => {
    await use((person = {}) => {
      const n = ++googlers;
      const sub = String(107_690_000_000 + n);
      return google.issuer.add({ sub, email: `google.${n}@contoh.example.gov.my`, name: "Pegawai Google", ...person });
    });
  },
});

export { expect };

/** On the page of the stand-in: chooses somebody, or nobody. */
export async function chooseAtGoogle(page: Page, person: GooglePerson | null): Promise<void> {
  await expect(page).toHaveURL(/\/choose\//);
  await page.getByRole("button", { name: person?.email ?? "Cancel", exact: true }).click();
}

/** The same without a browser: the address that Google sends back to. */
export async function throughGoogle(address: URL, { sub }: GooglePerson): Promise<URL> {
  const asked = await fetch(address, { redirect: "manual" });
  const cookie = asked.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  const choose = new URL(String(asked.headers.get("location")), address);
  const body = new URLSearchParams({ sub });
  const chosen = await fetch(choose, { method: "POST", redirect: "manual", headers: { cookie }, body });
  const resumed = await fetch(String(chosen.headers.get("location")), { redirect: "manual", headers: { cookie } });
  return new URL(String(resumed.headers.get("location")));
}

type Told = { method?: string; headers?: Record<string, string>; body?: string };

/** Asks the portal on this machine under another host's name, as a proxy in front of it would. */
export const asHost = (port: number, host: string, path: string, { method = "GET", headers, body = "" }: Told = {}) =>
  new Promise<{ headers: IncomingHttpHeaders; text: string }>((done, fail) => {
    const length = method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request({ port, path, method, headers: { host, ...length, ...headers } }, async (answer) => {
      let text = "";
      for await (const chunk of answer.setEncoding("utf8")) text += chunk;
      done({ headers: answer.headers, text });
    });
    sent.once("error", fail).end(body);
  });
