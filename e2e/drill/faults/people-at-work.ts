import { fixturePerson } from "#lib/testing/identities.ts";
import { totpCode } from "#lib/testing/totp.ts";
import type { Answer } from "../../bench/browser-without-script.ts";
import { clientOf, settleIn } from "../../harness/people.ts";
import type { Topology } from "../../topology/start-topology.ts";
import { settleClients, Visitor } from "./visitor.ts";

type Working = { topology: Topology; isOver: () => boolean };

const AT_ONCE = 2;
const PASSWORD = "Nasi-Lemak-Ikan-Bilis-4";
const ANSWERS = ["Mak Contoh Sejati", "Sekolah Teladan Utama", "Kancil merah tua"] as const;
/** What was done and could not be answered is not offered again: whoever meets that gives up. */
const TRIES = 40;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** One after the other, each until it is acknowledged, by whichever instance is there; as people do, who try again. */
async function each(
  { topology, isOver }: Working,
  first: number,
  begin: (n: number) => Promise<(visitor: Visitor) => Promise<boolean>>,
): Promise<number[]> {
  const done: number[] = [];
  let next = first;
  const one = async (): Promise<void> => {
    while (!isOver()) {
      const n = next++;
      const attempt = await begin(n);
      for (let turn = 0; turn < TRIES; turn++) {
        const instance = topology.instances[(n + turn) % topology.instances.length] as { origin: string };
        const visitor = new Visitor(topology.origin, instance, clientOf(n).address);
        if (await attempt(visitor).catch(() => false)) {
          done.push(n);
          break;
        }
        if (isOver()) return;
        await pause(300);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return done;
}

/** Account ids of those who were told that their account is activated. */
export async function activations(working: Working): Promise<string[]> {
  const { topology } = working;
  const ids = new Map<number, string>();
  const done = await each(working, 20_000, async (n) => {
    const person = fixturePerson(n);
    const [id] = await settleIn({ ownerUrl: topology.database.ownerUrl, keys: topology.keys }, [person], "registered");
    ids.set(n, id as string);
    const linkOf = () =>
      topology.mail
        .letters()
        .map(({ to, text }) => (to === person.officialEmail ? /(\/activate\/[\w-]{20,})/.exec(text)?.[1] : undefined))
        .find(Boolean);
    return async ({ browser }) => {
      if (!linkOf()) {
        await browser.submitAndFollow(await browser.open("/activate"), { identityNumber: person.identity.number });
        for (let looks = 0; looks < 50 && !linkOf(); looks++) await pause(100);
      }
      const link = linkOf();
      if (!link) return false;
      let page = await browser.submitAndFollow(await browser.open(link), {
        identityLast4: person.identity.number.slice(-4),
      });
      for (const answer of ANSWERS) {
        const question = /<select[^>]*name="questionId"[\s\S]*?<option[^>]*value="([a-z_]+)"/.exec(page.body)?.[1];
        if (!question) break;
        page = await browser.submitAndFollow(page, { questionId: question, answer });
      }
      const asks = await browser.open("/activate/password");
      const told = await browser.submit(asks, { password: PASSWORD, passwordAgain: PASSWORD });
      return told.status === 303 && told.headers.location?.endsWith("/activate/done") === true;
    };
  });
  return done.flatMap((n) => ids.get(n) ?? []);
}

/** A page without its frame, which has forms of its own. */
const mainOf = (page: Answer): Answer => ({ ...page, body: page.body.slice(page.body.indexOf("<main")) });

/** Account ids of those who were told that their authenticator app is enrolled. */
export async function enrolments(working: Working): Promise<string[]> {
  const { topology } = working;
  const ids = new Map<number, string>();
  const done = await each(working, 30_000, async (n) => {
    const [client] = await settleClients({ ownerUrl: topology.database.ownerUrl, keys: topology.keys }, 1, n);
    if (!client) throw new Error("Nobody was settled");
    ids.set(n, client.id);
    return async (visitor) => {
      const { browser } = visitor;
      if (!(await visitor.signIn(client))) return false;
      const path = "/settings/authenticator-app";
      const begun = mainOf(await browser.submitAndFollow(mainOf(await browser.open(path)), {}));
      const secret = /[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}/.exec(begun.body)?.[0].replaceAll(" ", "");
      if (!secret) return false;
      const told = await browser.submit(begun, { code: totpCode(secret, new Date()) });
      return told.status === 303 && told.headers.location?.includes("done=") === true;
    };
  });
  return done.flatMap((n) => ids.get(n) ?? []);
}
