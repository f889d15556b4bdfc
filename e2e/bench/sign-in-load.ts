// A process of its own that signs people in as a browser without JavaScript does. Reads one job of JSON from standard input
// (`SignInJob`), writes one line of JSON: seconds, requests.
import http from "node:http";
import { text } from "node:stream/consumers";
import { type Answer, BrowserWithoutScript } from "./browser-without-script.ts";
import type { SignInJob } from "./sign-in.ts";

const { origin, clients, atOnce, only } = JSON.parse(await text(process.stdin)) as SignInJob;
const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });

const sessions = clients.map((client) => ({
  ...client,
  browser: new BrowserWithoutScript(origin, client.address, agent),
}));
type Session = (typeof sessions)[number];

/** From the first page, by way of the choice of methods, to the one that asks for the password. */
async function toThePassword({ browser, identityNumber }: Session): Promise<Answer> {
  const first = await browser.open("/sign-in");
  const methods = await browser.submitAndFollow(first, { identityNumber });
  return browser.openDoor(methods, "/sign-in/password");
}

async function give({ browser, password }: Session, page: Answer): Promise<string> {
  const { status, headers } = await browser.submit(page, { password });
  if (status !== 303 || headers.location === undefined) throw new Error(`The password post answered ${status}`);
  return headers.location;
}

async function wholeJourney(session: Session): Promise<void> {
  const location = await give(session, await toThePassword(session));
  const home = await session.browser.open(new URL(location, origin).pathname);
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
await each(sessions, wholeJourney);
for (const { browser } of sessions) browser.cookies.delete("kunci-session");

const ready = new Map<Session, Answer>();
if (only === "post") await each(sessions, async (session) => ready.set(session, await toThePassword(session)));
for (const { browser } of sessions) browser.requests = 0;

const from = performance.now();
await each(sessions, (session) => {
  const page = ready.get(session);
  return page ? give(session, page) : wholeJourney(session);
});
const seconds = (performance.now() - from) / 1_000;
console.log(JSON.stringify({ seconds, requests: sessions.reduce((sum, { browser }) => sum + browser.requests, 0) }));
process.exit(0);
