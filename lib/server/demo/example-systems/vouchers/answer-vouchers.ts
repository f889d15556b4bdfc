import type { JSONWebKeySet } from "jose";
import type { Answer, Browser, Visit } from "../answer-system.ts";
import type { Connected } from "../connect-to-portal.ts";
import type { Notice } from "../example-page.ts";
import { beginApproval, fetchStatement, finishApproval } from "./ask-approval.ts";
import { tryTampering } from "./try-tampering.ts";
import { type Expected, verifyStatement } from "./verify-statement.ts";
import { titleOf, VOUCHERS, voucherPage, voucherPath, vouchersPage } from "./voucher-pages.ts";
import { openBook, type Standing } from "./vouchers.ts";

/** What a system lends its vouchers: its connection to the portal, and what its browsers are known by. */
export type Desk = {
  callback: string;
  connect: () => Promise<Connected>;
  known: (browser: string | undefined) => Browser | undefined;
  /** Keeps a browser under a new name, which its cookie is then. */
  renew: (known: Browser) => string;
};

export type VouchersDesk = {
  answer: (visit: Visit) => Promise<Answer | undefined>;
  /** The browser is back from the portal with the answer on a voucher. */
  finish: (visit: Visit, known: Browser, number: string) => Promise<Answer>;
};

/** Payment vouchers that are approved at the portal, in the role of an approver; kept in memory, and booked by statements alone. */
export function answerVouchers({ callback, connect, known, renew }: Desk): VouchersDesk {
  const book = openBook();
  let kept: { keys: JSONWebKeySet; from: Date } | undefined;

  /** The portal's statement keys, taken once and kept: what is verified later needs no portal. */
  const keysOf = async (anew = false): Promise<{ keys: JSONWebKeySet; from: Date }> => {
    if (kept && !anew) return kept;
    const { portal, fetching } = await connect();
    const answer = await fetching(String(portal.serverMetadata().kunci_statement_keys_uri), {});
    kept = { keys: (await answer.json()) as JSONWebKeySet, from: new Date() };
    return kept;
  };
  const expected = async ({ asked }: Standing, anew = false): Promise<Expected> => {
    if (!asked) throw new Error("A voucher that nobody was asked about has no statement");
    const { portal, client } = await connect();
    const { keys } = await keysOf(anew);
    return { issuer: portal.serverMetadata().issuer, clientId: client.clientId, asked, keys };
  };
  const settle = async (standing: Standing, statement: string): Promise<void> => {
    let verdict = await verifyStatement(statement, await expected(standing));
    // A key that was not there yet when the others were taken.
    if (!verdict.ok && verdict.why === "ERR_JWKS_NO_MATCHING_KEY")
      verdict = await verifyStatement(statement, await expected(standing, true));
    book.settle(standing.voucher.number, statement, verdict);
  };
  const look = async (standing: Standing) =>
    standing.statement
      ? { keysFrom: (await keysOf()).from, tampered: await tryTampering(standing.statement, await expected(standing)) }
      : undefined;
  const leadTo = (number: string, browser: Browser, notice?: Notice): Answer => ({
    status: 303,
    body: "",
    location: voucherPath(number),
    browser: renew({ ...browser, pending: undefined, notice }),
  });

  async function show(visit: Visit, number: string | undefined): Promise<Answer | undefined> {
    const browser = known(visit.browser);
    if (!browser?.signedIn) return { status: 303, body: "", location: "/perakaunan" };
    const { notice, signedIn } = browser;
    browser.notice = undefined;
    if (number === undefined) return { status: 200, body: vouchersPage(visit.wanted, book.all(), notice) };
    const standing = book.find(number);
    if (!standing) return undefined;
    const { kunci_roles: roles } = signedIn.claims;
    const mayAsk = Array.isArray(roles) && roles.includes("pelulus");
    const looked = await look(standing);
    return { status: 200, body: voucherPage({ ...visit.wanted, standing, mayAsk, looked }, notice) };
  }

  async function ask(visit: Visit): Promise<Answer | undefined> {
    const browser = known(visit.browser);
    const number = visit.form.get("number") ?? "";
    const standing = book.find(number);
    if (!browser?.signedIn || !standing) return { status: 303, body: "", location: VOUCHERS };
    const { portal } = await connect();
    const { words, language } = visit.wanted;
    const title = titleOf(words, standing.voucher);
    // The same request may be pushed again while it is open; what is over is asked anew.
    for (const anew of [false, true]) {
      const detail = book.ask(number, { title, anew });
      if (!detail) break;
      const begun = await beginApproval(portal, { redirectUri: callback, language, detail });
      if (begun === "over") continue;
      const pending = { ...begun.pending, voucher: number };
      return { status: 303, body: "", location: String(begun.url), browser: renew({ ...browser, pending }) };
    }
    return leadTo(number, browser, { kind: "look", text: words.vouchers.notAsked });
  }

  /** Asks the portal what became of it: after a refusal, or where the browser never came back. */
  async function collect(visit: Visit, browser: Browser, standing: Standing): Promise<Answer> {
    const { portal, fetching, client } = await connect();
    const { vouchers: said } = visit.wanted.words;
    const { number } = standing.voucher;
    const statement = standing.asked && (await fetchStatement(portal, fetching, client, standing.asked.identifier));
    if (!statement) return leadTo(number, browser, { kind: "look", text: said.undecided });
    await settle(standing, statement);
    return leadTo(number, browser, { kind: "good", text: said.came });
  }

  const finish: VouchersDesk["finish"] = async (visit, browser, number) => {
    const standing = book.find(number);
    if (!standing || !browser.pending) return { status: 303, body: "", location: VOUCHERS };
    const { portal } = await connect();
    const back = new URL(`${callback}${visit.url.search}`);
    const finished = await finishApproval(portal, browser.pending, back);
    if ("refused" in finished) return collect(visit, browser, standing);
    await settle(standing, finished.statement);
    return leadTo(number, browser, { kind: "good", text: visit.wanted.words.vouchers.came });
  };

  return {
    finish,
    answer: async (visit) => {
      const { method, route } = visit;
      if (method === "POST" && route === "approve") return ask(visit);
      if (method === "POST" && route === "fetch") {
        const browser = known(visit.browser);
        const standing = book.find(visit.form.get("number") ?? "");
        return browser?.signedIn && standing ? collect(visit, browser, standing) : undefined;
      }
      if (method === "POST" && route === "start-again") {
        book.startAgain();
        return { status: 303, body: "", location: VOUCHERS };
      }
      if (method !== "GET") return undefined;
      if (route === "vouchers") return show(visit, undefined);
      const [, number] = /^voucher-(\d{1,3})$/.exec(route) ?? [];
      return number === undefined ? undefined : show(visit, number);
    },
  };
}
