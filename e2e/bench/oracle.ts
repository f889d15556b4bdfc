import http from "node:http";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { messages } from "#lib/text/messages.ts";
import { type Client, clientOf, keysOf, settlePeople } from "../harness/people.ts";
import { startPortal } from "../harness/portal.ts";
import { type Answer, BrowserWithoutScript } from "./browser-without-script.ts";
import { solvedCaptcha } from "./captcha.ts";
import { report, say } from "./report.ts";
import { tellApart } from "./tell-apart.ts";

const EACH = 1_000;
const WARM_UP = 20;

type Ask = {
  name: string;
  /** What the known ones are. */
  status: "activated" | "pre_registered";
  /** Everything up to the post that is timed. */
  before: (browser: BrowserWithoutScript, client: Client) => Promise<Answer>;
  fields: (client: Client, page: Answer) => Record<string, string>;
  /** What a script would add to them. */
  added?: (keys: Keyring) => Promise<Record<string, string>>;
};

const asks: Ask[] = [
  {
    name: "sign-in",
    status: "activated",
    before: async (browser, { identityNumber }) => {
      const methods = await browser.submitAndFollow(await browser.open("/sign-in"), { identityNumber });
      return browser.openDoor(methods, "/sign-in/password");
    },
    fields: () => ({ password: "Bukan-Kata-Laluan-1" }),
  },
  {
    name: "email-code",
    status: "activated",
    before: async (browser, { identityNumber }) => {
      const methods = await browser.submitAndFollow(await browser.open("/sign-in"), { identityNumber });
      return { ...methods, body: afterText(methods.body, messages.ms.method.ways.totp.name) };
    },
    fields: () => ({}),
  },
  {
    name: "email-code typed",
    status: "activated",
    before: async (browser, { identityNumber }) => {
      const methods = await browser.submitAndFollow(await browser.open("/sign-in"), { identityNumber });
      const body = afterText(methods.body, messages.ms.method.ways.totp.name);
      await browser.submit({ ...methods, body }, {});
      return browser.open("/sign-in/code?method=email");
    },
    fields: () => ({ code: "000000" }),
  },
  {
    name: "resend",
    status: "pre_registered",
    before: (browser) => browser.open("/activate"),
    fields: ({ identityNumber }) => ({ identityNumber }),
  },
  {
    name: "registration",
    status: "activated",
    before: (browser) => browser.open("/register"),
    fields: ({ identityNumber, officialEmail }, page) => ({
      identityNumber,
      officialEmail,
      fullName: "Aisyah binti Contoh",
      office: /<option value="([^"]+)"/.exec(page.body)?.[1] ?? "",
    }),
    added: async (keys) => ({ captcha: await solvedCaptcha(keys) }),
  },
  {
    name: "reset",
    status: "activated",
    before: (browser) => browser.open("/recover"),
    fields: ({ identityNumber, officialEmail }) => ({ identityNumber, officialEmail }),
    added: async (keys) => ({ captcha: await solvedCaptcha(keys) }),
  },
];

/** What of a page comes after some words: the card of the code by email follows that of the authenticator app. */
const afterText = (body: string, words: string): string => body.slice(body.indexOf(words));

/**
 * Can answer times tell who has an account? Known and unknown identities in random order, one after another, all limits
 * on, each from an address of its own. A line for each place where a number is asked for.
 */
export async function measureOracle(): Promise<void> {
  const portal = await startPortal();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const keys = keysOf(portal.dataDir);
    for (const [n, ask] of asks.entries()) {
      const first = 40_000 + n * 10_000;
      const people = Array.from({ length: 2 * EACH + WARM_UP }, (_, at) => ({ n: first + at, isKnown: at % 2 === 0 }));
      await settlePeople(
        portal.dataDir,
        people.filter(({ isKnown }) => isKnown).map(({ n }) => fixturePerson(n)),
        ask.status,
      );
      const [warmUp, asked] = [people.slice(0, WARM_UP), shuffled(people.slice(WARM_UP))];
      say(`${ask.name}: ${EACH} known and ${EACH} unknown`);

      const times = { known: [] as number[], unknown: [] as number[] };
      const statuses = new Set<string>();
      for (const [at, person] of [...warmUp, ...asked].entries()) {
        const client = clientOf(person.n);
        const browser = new BrowserWithoutScript(portal.origin, client.address, agent);
        const page = await ask.before(browser, client);
        const answer = await browser.submit(page, ask.fields(client, page), await ask.added?.(keys));
        if (at < WARM_UP) continue;
        statuses.add(`${answer.status} ${answer.headers.location ?? ""}`.trim());
        times[person.isKnown ? "known" : "unknown"].push(answer.milliseconds);
      }
      if (statuses.size !== 1) throw new Error(`${ask.name} answers in several ways: ${[...statuses].join(", ")}`);
      const { gap, auc } = tellApart(times.known, times.unknown);
      report({
        bench: "oracle",
        case: ask.name,
        ours: gap,
        unit: "ms between the medians",
        auc,
        known: EACH,
        unknown: EACH,
        answer: [...statuses][0],
      });
    }
  } finally {
    agent.destroy();
    await portal.stop();
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  const keyed = items.map((item) => ({ item, at: Math.random() }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
