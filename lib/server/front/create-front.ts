import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { APPEARANCE_COOKIE, appearanceIn } from "#lib/kernel/appearance.ts";
import { drawAhead } from "#lib/kernel/draw-ahead.ts";
import { type Answer, answers } from "../answer.ts";
import type { KnowsAction } from "./check-action.ts";
import { checkBody, checkForm, type IsPage } from "./check-body.ts";
import { checkOrigin } from "./check-origin.ts";
import { ALLOW, checkTarget } from "./check-target.ts";
import { cleanHeaders, INNER_HEADER, isInner } from "./clean-headers.ts";
import { clientAddress } from "./client-address.ts";
import type { RequestCounter } from "./count-requests.ts";
import { dressResponse } from "./dress-response.ts";
import type { Admission } from "./overload/admit-requests.ts";
import { type UrgencyCookies, urgencyOf } from "./overload/urgency-of.ts";
import { checkLength, LARGEST_WITH_FILE, readBody, unread } from "./read-body.ts";
import { putOff } from "./refusal/put-off.ts";
import { insteadOfFault, refusalOfFault } from "./refusal/refusal-of-fault.ts";
import { sendRefusal } from "./refusal/refusal-page.ts";
import { standInForFault } from "./refusal/stand-in-for-fault.ts";
import { routeOf } from "./route-of.ts";
import { securityHeaders } from "./security-headers.ts";
import { checkStreamed, isStreamed } from "./streamed-body.ts";
import { type Told, tellWhenDone } from "./tell-when-done.ts";
import {
  type FrontSettings,
  isAskedBySystems,
  isOidc,
  isProbe,
  isSignedPost,
  isStatic,
  METRICS,
  type Refusal,
  takesFile,
  type Visit,
} from "./visit.ts";

export type { RequestLine } from "./tell-when-done.ts";

export type Handler = (req: IncomingMessage, res: ServerResponse) => unknown;

export type FrontOptions = FrontSettings & {
  counter: Pick<RequestCounter, "count">;
  log: Told["log"];
  fault: (fault: unknown, line: { request: string; route: string }) => void;
  /** Of this process, so that it knows its own calls. */
  innerSecret: string;
  isRouterState?: (header: string) => boolean;
  knowsAction?: KnowsAction;
  isPage?: IsPage;
  isBuildFile?: (path: string) => boolean;
  /** The provider of integrated login. */
  oidc?: Handler;
  /** Prometheus' figures, for whoever may read them. */
  metrics?: Handler;
  watch?: Told["watch"];
  /** Counts what relying parties ask by themselves. */
  systemsCounter?: Pick<RequestCounter, "count">;
  /** Puts off what is more than the process does well with. */
  admission?: Pick<Admission, "enter">;
  urgencyCookies?: UrgencyCookies;
  /** Whether the database could not be reached a moment ago. */
  metNoDatabase?: () => boolean;
  /** A page that lies ready and costs nothing to make. */
  isKept?: (req: IncomingMessage) => boolean;
};

/** What is worked out once and not for each request. */
type Front = FrontOptions & { security: ReturnType<typeof securityHeaders>; host: string; protocol: string };

/**
 * What stands before Next.js: looks at every request first, answers what is malformed, foreign, too large or too much
 * with a plain page, and hands the rest on, marked with who asks. Every answer, whoever gives it, carries the security
 * headers.
 */
export function createFront(handler: Handler, options: FrontOptions): RequestListener {
  const { host, protocol } = new URL(options.origin);
  const front = { ...options, host, protocol: protocol.slice(0, -1), security: securityHeaders(options) };
  return (req, res) => {
    void receive(req, res, handler, front);
  };
}

async function receive(req: IncomingMessage, res: ServerResponse, handler: Handler, options: Front): Promise<void> {
  const visit = beginVisit(req, options);
  const answer: Answer = { headers: {} };
  const security = options.security(visit.nonce, req.url);
  standInForFault(res, () => insteadOfFault(req, visit, options));
  dressResponse(res, visit, answer, security);
  const route = routeOf(req.url ?? "");
  tellWhenDone(req, res, visit, route, options);
  try {
    const refusal = await examine(req, visit, options);
    if (refusal) return refuse(res, refusal, visit, options);
    if (req.method === "OPTIONS") return void res.writeHead(204, { Allow: ALLOW }).end();
    const elsewhere = elsewhereInDemo(req, visit, options);
    if (elsewhere) return void res.writeHead(308, { Location: elsewhere, "Content-Length": 0 }).end();
    if (visit.path === METRICS && options.metrics) return void (await options.metrics(req, res));
    introduce(req, visit, options, security["Content-Security-Policy"]);
    if (!(await isLetIn(req, res, visit, options))) return refuse(res, putOff("busy", req, visit), visit, options);
    const asked = visit.body ? unread(req, visit.body) : req;
    if (isOidc(visit.path)) return void (await toProvider(asked, res, options));
    if (isForBrowserAlone(req, visit)) return void res.writeHead(204).end();
    await answers().run(answer, () => handler(asked, res));
  } catch (fault) {
    options.fault(fault, { request: visit.id, route });
    refuse(res, refusalOfFault(req, visit, options), visit, options);
  }
}

/**
 * Whether there is a place for it, which it holds until its answer is made: how slowly that is read is the client's own
 * affair.
 */
async function isLetIn(req: IncomingMessage, res: ServerResponse, visit: Visit, options: Front): Promise<boolean> {
  const { admission, urgencyCookies } = options;
  if (!admission || !urgencyCookies || options.isKept?.(req)) return true;
  const urgency = urgencyOf(req, visit, urgencyCookies);
  if (urgency === null) return true;
  const leave = await admission.enter(urgency, visit.ip);
  if (leave === null) return false;
  // Not "prefinish": that waits for answers on the same connection that a client asked for before and does not read.
  const end = res.end.bind(res) as (...given: unknown[]) => ServerResponse;
  res.end = ((...given: unknown[]) => {
    leave();
    return end(...given);
  }) as typeof res.end;
  res.once("close", leave);
  if (res.closed) leave();
  return true;
}

function refuse(res: ServerResponse, refusal: Refusal, visit: Visit, options: FrontOptions): void {
  options.watch?.refused(refusal.words);
  sendRefusal(res, refusal, visit, options);
}

const appearanceCookie = new RegExp(`(?:^|; ?)${APPEARANCE_COOKIE}=([a-z]+)`);

/** Every request draws twice. */
const random = drawAhead(randomBytes);

function beginVisit(req: IncomingMessage, options: FrontOptions): Visit {
  const inner = isInner(req.headers, options.innerSecret);
  const forwarded = req.headers["x-forwarded-for"];
  const introduced = { ip: req.headers["x-kunci-ip"], id: req.headers["x-kunci-request-id"] };
  cleanHeaders(req.headers, inner, options.isRouterState ?? (() => true));
  return {
    inner,
    id: inner ? String(introduced.id) : random(12).toString("base64url"),
    ip: inner
      ? String(introduced.ip)
      : clientAddress(
          req.socket.remoteAddress,
          Array.isArray(forwarded) ? forwarded.join(",") : forwarded,
          options.trusted,
        ),
    nonce: random(16).toString("base64url"),
    target: req.url ?? "/",
    path: "/",
    appearance: appearanceIn(appearanceCookie.exec(req.headers.cookie ?? "")?.[1]),
  };
}

/**
 * Next.js fetches beforehand where an action leads a browser, as it fetches its own pages (`rsc`): what leads to the provider is
 * for the browser alone, since it gives out a code.
 */
async function toProvider(req: IncomingMessage, res: ServerResponse, { oidc }: Front): Promise<void> {
  if (req.headers.rsc !== undefined || !oidc) return void res.writeHead(oidc ? 204 : 503).end();
  await oidc(req, res);
}

/**
 * The same of the way to a system: its cookie goes to its own address alone, and Next.js, which asks with the cookies of the
 * page that the action was pressed on, would be told that there is no such way.
 */
const isForBrowserAlone = ({ headers }: IncomingMessage, { inner, path }: Visit): boolean =>
  inner && headers.rsc !== undefined && path.startsWith("/interaction/");

async function examine(req: IncomingMessage, visit: Visit, options: FrontOptions): Promise<Refusal | null> {
  const target = checkTarget(req, options);
  if ("refusal" in target) return target.refusal;
  visit.path = target.path;
  // Nobody posts to a probe but to have it read and refused, as often as they like.
  const isCounted = !visit.inner && (req.method === "POST" || !(isProbe(visit.path) || isStatic(visit.path)));
  const tooMany = isCounted ? counterOf(visit, options).count(visit.ip) : null;
  if (tooMany !== null)
    return {
      status: 429,
      words: "tooMany",
      headers: { "Retry-After": String(tooMany) },
      minutes: Math.ceil(tooMany / 60),
    };
  return req.method === "POST" ? examinePost(req, visit, options) : null;
}

const counterOf = ({ path }: Visit, { counter, systemsCounter }: FrontOptions): Pick<RequestCounter, "count"> =>
  (isAskedBySystems(path) ? systemsCounter : undefined) ?? counter;

async function examinePost(req: IncomingMessage, visit: Visit, options: FrontOptions): Promise<Refusal | null> {
  // Handed on by Next.js from one page's half to another's, without its length; it was examined when it came in.
  if (visit.inner) return null;
  if (isStreamed(visit.path)) return checkOrigin(req, options.origin) ?? checkStreamed(req, visit.path);
  const refusal =
    (isSignedPost(visit.path) || isOidc(visit.path) ? null : checkOrigin(req, options.origin)) ??
    checkLength(req, takesFile(visit.path) ? LARGEST_WITH_FILE : undefined);
  if (refusal) return refusal;
  const body = await readBody(req);
  if (!Buffer.isBuffer(body)) return body;
  visit.body = body;
  if (isOidc(visit.path)) return checkForm(req, body);
  return checkBody(req, visit.path, body, options.knowsAction ?? (() => true), options.isPage);
}

/**
 * In the demonstration http://127.0.0.1:3000 is the portal too, but cookies and origins know one name only: people are
 * led to that.
 */
function elsewhereInDemo(req: IncomingMessage, visit: Visit, options: Front): string | null {
  if (options.mode !== "demo" || visit.inner || isProbe(visit.path) || (req.method !== "GET" && req.method !== "HEAD"))
    return null;
  return req.headers.host === options.host ? null : `${options.origin}${req.url}`;
}

/**
 * Tells the portal who asks, in headers that no client can send. Next.js takes the page's nonce from the policy it
 * finds there.
 */
function introduce(req: IncomingMessage, visit: Visit, options: Front, policy: string | undefined): void {
  Object.assign(req.headers, {
    host: options.host,
    "x-forwarded-proto": options.protocol,
    "x-kunci-ip": visit.ip,
    "x-kunci-request-id": visit.id,
    "x-kunci-path": req.url,
    ...(isByItself(req, visit) && { "x-kunci-by-itself": "1" }),
    [INNER_HEADER]: options.innerSecret,
    "x-nonce": visit.nonce,
    "content-security-policy": policy,
  });
}

/**
 * Whether a page looks again by itself, whose links and forms are plain ones: Next.js asks so (`rsc`), and a script that says
 * it. What Next.js fetches of the portal itself belongs to what a person pressed.
 */
const isByItself = ({ method, headers }: IncomingMessage, { inner }: Visit): boolean =>
  !inner && method === "GET" && (headers.rsc !== undefined || headers["x-by-itself"] !== undefined);
