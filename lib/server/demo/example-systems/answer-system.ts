import { randomBytes } from "node:crypto";
import { hours } from "#lib/kernel/time.ts";
import { formatDate } from "#lib/text/format-date.ts";
import type { Connected } from "./connect-to-portal.ts";
import { type Notice, type PageWanted, signedInPage, type Words, welcomePage } from "./example-page.ts";
import { type Memory, remember } from "./remember.ts";
import { askAgain, beginSignIn, finishSignIn, type Pending, type SignedIn, signOutUrl } from "./sign-in.ts";
import { addressesOf, type ExampleSlug, exampleSystems } from "./systems.ts";
import { answerVouchers } from "./vouchers/answer-vouchers.ts";

/** What a browser is known by at one system. `voucher`: which one it was sent to the portal to approve. */
export type Browser = {
  pending: (Pending & { voucher?: string }) | undefined;
  signedIn: SignedIn | undefined;
  notice: Notice | undefined;
};

/** A request as the routes of a system read it. */
export type Visit = {
  method: string;
  /** What stands after the system's name: `sign-in`. */
  route: string;
  url: URL;
  /** The system's own cookie. */
  browser: string | undefined;
  form: URLSearchParams;
  wanted: PageWanted;
};

export type Answer = { status: number; body: string; location?: string; browser?: string; plain?: boolean };

export type System = (visit: Visit) => Promise<Answer | undefined>;

const page = (body: string, status = 200): Answer => ({ status, body });
const lead = (location: string | URL, browser?: string): Answer => ({
  status: 303,
  body: "",
  location: String(location),
  ...(browser ? { browser } : {}),
});
const plain = (status: number): Answer => ({ status, body: "", plain: true });

/** One example system at `origin`: its pages, its sign-in at the portal, and what the portal tells it. */
export function answerSystem(slug: ExampleSlug, origin: string, connect: () => Promise<Connected>): System {
  const addresses = addressesOf(origin, slug);
  const browsers: Memory<Browser> = remember(hours(12), 1_000);
  const { name } = exampleSystems[slug];
  const inWords = (words: string, at?: Date, wanted?: PageWanted) =>
    words.replace("{system}", name).replace("{at}", at && wanted ? formatDate(at, wanted.language) : "");

  const renew = (known: Browser): string => {
    const id = randomBytes(24).toString("base64url");
    browsers.put(id, known);
    return id;
  };
  const vouchers =
    slug === "perakaunan"
      ? answerVouchers({ callback: addresses.callback, connect, known: (id) => browsers.get(id), renew })
      : undefined;
  const goWith = (notice: Notice | undefined, signedIn?: SignedIn): Answer =>
    lead(addresses.page, renew({ pending: undefined, signedIn, notice }));
  const refused = (word: string, { wanted: { words } }: Visit, signedIn?: SignedIn): Answer =>
    goWith({ kind: "look", text: inWords(refusalWords(words, word)) }, signedIn);

  const begin = async (visit: Visit, how: { level?: string; again?: boolean } = {}): Promise<Answer> => {
    const { portal } = await connect();
    const { language } = visit.wanted;
    const { pending, url } = await beginSignIn(portal, { redirectUri: addresses.callback, language, ...how });
    return lead(url, renew({ pending, signedIn: browsers.take(visit.browser)?.signedIn, notice: undefined }));
  };

  const show = (visit: Visit): Answer => {
    const known = browsers.get(visit.browser);
    if (!known?.signedIn) {
      const notice = known?.notice;
      if (known) known.notice = undefined;
      return page(welcomePage(visit.wanted, slug, notice));
    }
    const { signedIn, notice } = known;
    known.notice = undefined;
    if (!signedIn.endedAt) return page(signedInPage(visit.wanted, slug, signedIn, notice));
    known.signedIn = undefined;
    const text = inWords(visit.wanted.words.told, signedIn.endedAt, visit.wanted);
    return page(welcomePage(visit.wanted, slug, { kind: "good", text }));
  };

  const finish = async (visit: Visit): Promise<Answer> => {
    const known = browsers.take(visit.browser);
    if (known?.pending?.state !== visit.url.searchParams.get("state") || !known?.pending)
      return refused("stale", visit, known?.signedIn);
    if (known.pending.voucher !== undefined && vouchers) return vouchers.finish(visit, known, known.pending.voucher);
    const { portal } = await connect();
    const callback = new URL(`${addresses.callback}${visit.url.search}`);
    const signedIn = await finishSignIn(portal, known.pending, callback);
    return "refused" in signedIn ? refused(signedIn.refused, visit, known.signedIn) : goWith(undefined, signedIn);
  };

  const takeLogout = async ({ form }: Visit): Promise<Answer> => {
    const { readLogoutToken } = await connect();
    const token = await readLogoutToken(form.get("logout_token") ?? "");
    if (token === "not_valid") return plain(400);
    for (const { signedIn } of browsers.all())
      if (signedIn && (token.sid ? signedIn.sid === token.sid : signedIn.subject === token.subject))
        signedIn.endedAt ??= new Date();
    return plain(200);
  };

  const withKnown = (act: (visit: Visit, signedIn: SignedIn) => Promise<Answer>) => async (visit: Visit) => {
    const signedIn = browsers.take(visit.browser)?.signedIn;
    return signedIn ? act(visit, signedIn) : lead(addresses.page);
  };

  const routes: Record<string, (visit: Visit) => Answer | Promise<Answer>> = {
    "GET ": show,
    // A sign-in that begins at the portal names it (OpenID Connect Core §4); another one is nothing this system knows.
    "GET sign-in": async (visit) => {
      const { portal } = await connect();
      const issuer = visit.url.searchParams.get("iss");
      return issuer !== null && issuer !== portal.serverMetadata().issuer ? plain(400) : begin(visit);
    },
    "GET callback": finish,
    "GET signed-out": ({ wanted: { words } }) => goWith({ kind: "good", text: inWords(words.signedOut) }),
    "POST again": (visit) => begin(visit, { again: true }),
    "POST raise": (visit) => begin(visit, { level: "urn:kunci:aal2" }),
    "POST leave": ({ wanted: { words }, browser }) => {
      browsers.take(browser);
      return goWith({ kind: "look", text: inWords(words.left) });
    },
    "POST refresh": withKnown(async (visit, signedIn) => {
      const { portal } = await connect();
      const fresh = await askAgain(portal, signedIn);
      if ("refused" in fresh) return refused(fresh.refused, visit);
      return goWith({ kind: "good", text: inWords(visit.wanted.words.refreshed, new Date(), visit.wanted) }, fresh);
    }),
    "POST sign-out": withKnown(async (visit, signedIn) => {
      const { portal } = await connect();
      return lead(signOutUrl(portal, signedIn, addresses.signedOut, visit.wanted.language));
    }),
    "POST backchannel-logout": takeLogout,
  };
  return async (visit) => routes[`${visit.method} ${visit.route}`]?.(visit) ?? vouchers?.answer(visit);
}

const refusalWords = ({ refused }: Words, word: string): string =>
  Object.entries(refused).find(([key]) => key === word)?.[1] ?? refused.other;
