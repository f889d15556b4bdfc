import https from "node:https";
import { cookieNameOn } from "#lib/server/request/cookie-names.ts";
import { type Answer, BrowserWithoutScript } from "../../bench/browser-without-script.ts";
import { type Client, clientOf } from "../../harness/people.ts";

export type Failure = { phase: string; what: string };
/** `putOff`: journeys that a portal with too much to do asked to begin again (503 with Retry-After). */
export type Worked = {
  journeys: number;
  requests: number;
  putOff: number;
  slowestMs: number;
  failed: readonly Failure[];
};

class PutOff extends Error {}

/** Between two pages of the same person. */
const PAUSE_MS = 300;
const PAGES = ["/home", "/settings", "/settings/sessions", "/guide"];

/**
 * People who sign in without JavaScript, look at some pages with all they are made of, and begin again, over and over:
 * `stop` lets each finish. Whatever is not answered as it should be is a failure of the phase that was on.
 */
export function peopleAtWork(origin: string, howMany: number) {
  const agent = new https.Agent({ keepAlive: true });
  const people = Array.from({ length: howMany }, (_, n) => clientOf(n));
  const failed: Failure[] = [];
  const seen = new Set<string>();
  let [journeys, requests, putOff, slowestMs, phase, stopped] = [0, 0, 0, 0, "", false];

  const pause = (): Promise<void> => new Promise((done) => setTimeout(done, PAUSE_MS));
  const look = (answer: Answer): Answer => {
    slowestMs = Math.max(slowestMs, answer.milliseconds);
    if (answer.status === 503 && answer.headers["retry-after"] !== undefined) throw new PutOff();
    if (answer.status >= 400) throw new Error(`${answer.path.split("?")[0]} answered ${answer.status}`);
    return answer;
  };
  /** Scripts, styles and fonts that a page names: each once in a phase. */
  const lookAtFiles = async (browser: BrowserWithoutScript, { body }: Answer): Promise<void> => {
    for (const [file] of body.matchAll(/\/_next\/static\/[\w./-]+\.(?:js|css|woff2)/g)) {
      if (seen.has(phase + file)) continue;
      seen.add(phase + file);
      look(await browser.send("GET", file));
    }
  };
  const page = async (browser: BrowserWithoutScript, path: string): Promise<void> => {
    const answer = look(await browser.open(path));
    if (answer.path !== path) throw new Error(`${path} led to ${answer.path.split("?")[0]}`);
    await lookAtFiles(browser, answer);
    await pause();
  };
  const journey = async (browser: BrowserWithoutScript, person: Client): Promise<void> => {
    const asks = look(await browser.open("/sign-in"));
    await lookAtFiles(browser, asks);
    await pause();
    const methods = look(await browser.submitAndFollow(asks, { identityNumber: person.identityNumber }));
    await pause();
    const password = look(await browser.openDoor(methods, "/sign-in/password"));
    await pause();
    look(await browser.submitAndFollow(password, { password: person.password }));
    for (const path of PAGES) await page(browser, path);
    browser.cookies.delete(cookieNameOn(origin, "session"));
    journeys += 1;
  };
  const work = async (person: Client): Promise<void> => {
    const browser = new BrowserWithoutScript(origin, person.address, agent);
    while (!stopped) {
      try {
        await journey(browser, person);
      } catch (fault) {
        if (fault instanceof PutOff) putOff += 1;
        else failed.push({ phase, what: (fault as Error).message });
        browser.cookies.clear();
        await pause();
      }
    }
    requests += browser.requests;
  };
  const all = people.map(work);
  return {
    /** From now on: what happens at the instances meanwhile. */
    enter: (name: string): void => {
      phase = name;
    },
    journeys: () => journeys,
    stop: async (): Promise<Worked> => {
      stopped = true;
      await Promise.all(all);
      agent.destroy();
      return { journeys, requests, putOff, slowestMs: Math.round(slowestMs), failed };
    },
  };
}
