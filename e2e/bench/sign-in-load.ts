// A process of its own that signs people in as a browser without JavaScript does; a passkey is asked and answered for
// as its script would. Reads one job of JSON from standard input (`SignInJob`), writes one line of JSON: seconds,
// requests.
import { createPrivateKey } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { cookieNameOn } from "#lib/server/request/cookie-names.ts";
import { softwareAuthenticator } from "#lib/testing/software-authenticator.ts";
import { totpCode } from "#lib/testing/totp.ts";
import { type Answer, BrowserWithoutScript } from "./browser-without-script.ts";
import type { SignInJob, SignInWay } from "./sign-in.ts";

const { origin, clients, atOnce, way } = JSON.parse(await text(process.stdin)) as SignInJob;
const { Agent } = origin.startsWith("https:") ? https : http;
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

const sessions = clients.map((client) => ({
  ...client,
  browser: new BrowserWithoutScript(origin, client.address, agent),
}));
type Session = (typeof sessions)[number];
type Stage = { page: Answer; credential?: string };

const toTheMethods = async ({ browser, identityNumber }: Session): Promise<Answer> =>
  browser.submitAndFollow(await browser.open("/sign-in"), { identityNumber });

const toThePassword = async (session: Session): Promise<Stage> => ({
  page: await session.browser.openDoor(await toTheMethods(session), "/sign-in/password"),
});

/** To the methods, with the passkey's answer in hand. */
async function toThePasskey(session: Session): Promise<Stage> {
  const { browser, passkey } = session;
  if (!passkey) throw new Error("A client has no passkey");
  const page = await toTheMethods(session);
  const asked = await browser.send("POST", "/api/passkey/options", {
    body: JSON.stringify({ purpose: "sign-in" }),
    type: "application/json",
  });
  if (asked.status !== 200) throw new Error(`The options answered ${asked.status}: ${asked.body}`);
  const credential = softwareAuthenticator({ origin }).get(
    JSON.parse(asked.body),
    {},
    { ...passkey, privateKey: createPrivateKey(passkey.privateKey), algorithm: -7, counter: 0 },
  );
  return { page, credential };
}

/** Posts one proof; where it leads. */
async function give({ browser }: Session, page: Answer, fields: Record<string, string>): Promise<string> {
  const { status, headers } = await browser.submit(page, fields);
  if (status !== 303 || headers.location === undefined)
    throw new Error(`The post of ${Object.keys(fields)} answered ${status}`);
  const to = new URL(headers.location, origin);
  return to.pathname + to.search;
}

const givePassword = (session: Session, { page }: Stage) => give(session, page, { password: session.password });

/** `ahead`: half minutes that the phone's clock is ahead, so that the code of this one is not asked for twice. */
async function givePasswordAndCode(session: Session, stage: Stage, ahead: number): Promise<string> {
  const { browser, totpSecret } = session;
  if (totpSecret === undefined) throw new Error("A client has no authenticator app");
  const asks = await browser.open(await givePassword(session, stage));
  return give(session, asks, { code: totpCode(totpSecret, new Date(), ahead) });
}

const givePasskey = (session: Session, { page, credential = "" }: Stage) => give(session, page, { credential });

/** Up to where the clock starts, and what it measures; the last of it leads home. */
const ways: Record<
  SignInWay,
  {
    ready: (session: Session) => Promise<Stage>;
    prove: (session: Session, stage: Stage, ahead: number) => Promise<string>;
  }
> = {
  post: { ready: toThePassword, prove: givePassword },
  journey: { ready: toThePassword, prove: givePassword },
  totp: { ready: toThePassword, prove: givePasswordAndCode },
  passkey: { ready: toThePasskey, prove: givePasskey },
};
const { ready, prove } = ways[way];

async function wholeJourney(session: Session, ahead: number): Promise<void> {
  const home = await session.browser.open(await prove(session, await ready(session), ahead));
  if (home.status !== 200 || home.path !== "/home")
    throw new Error(`The journey ended at ${home.path} (${home.status})`);
}

/** Each of the clients once, so many at a time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

// Everybody's own browser, as on any working day: it has been signed in from before, and the session is over since.
await each(sessions, (session) => wholeJourney(session, 0));
for (const { browser } of sessions) browser.cookies.delete(cookieNameOn(origin, "session"));

const stages = new Map<Session, Stage>();
if (way !== "journey") await each(sessions, async (session) => stages.set(session, await ready(session)));
for (const { browser } of sessions) browser.requests = 0;

const from = performance.now();
await each(sessions, async (session) => {
  const stage = stages.get(session);
  if (!stage) return wholeJourney(session, 1);
  const to = await prove(session, stage, 1);
  if (to !== "/home") throw new Error(`The proof led to ${to}`);
});
const seconds = (performance.now() - from) / 1_000;
console.log(JSON.stringify({ seconds, requests: sessions.reduce((sum, { browser }) => sum + browser.requests, 0) }));
process.exit(0);
