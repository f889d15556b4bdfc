import type { IncomingMessage } from "node:http";
import type { RequestWatch } from "../../metrics/watch-requests.ts";
import { type FrontSettings, isOidc, type Refusal, type Visit } from "../visit.ts";
import { putOff } from "./put-off.ts";
import { answerOf, type PlainAnswer } from "./refusal-page.ts";

/** Whether the database could not be reached a moment ago. */
type Knows = { metNoDatabase?: () => boolean };

/**
 * A page that fails while the database is away fails for that, most likely, and will be there again in a moment. What a post was
 * for may have been done before: a script, which asks again by itself for what is put off, is told of a fault.
 */
export function refusalOfFault(req: IncomingMessage, visit: Visit, { metNoDatabase }: Knows): Refusal {
  if (isPostOfScript(req) || isApi(req, visit) || !metNoDatabase?.()) return { status: 500, words: "fault" };
  return putOff(req.method === "POST" ? "cutOff" : "away", req, visit);
}

/** What is said instead of an answer of 500; null where that has words of its own. */
export function insteadOfFault(
  req: IncomingMessage,
  visit: Visit,
  options: Knows & Pick<FrontSettings, "agency"> & { watch?: Pick<RequestWatch, "refused"> | undefined },
): PlainAnswer | null {
  const refusal = refusalOfFault(req, visit, options);
  if (refusal.status !== 500) options.watch?.refused(refusal.words);
  else if (hasOwnWords(req, visit)) return null;
  return answerOf(req, refusal, visit, options);
}

/** The provider, `/api`, and the browser's half of Next.js, which shows a page of its own. */
const hasOwnWords = (req: IncomingMessage, visit: Visit): boolean =>
  isOidc(visit.target) || isApi(req, visit) || req.headers.rsc !== undefined || isPostOfScript(req);

const isPostOfScript = ({ headers }: IncomingMessage): boolean => headers["next-action"] !== undefined;
/** Asked by a script or another system: browsers are led there as well, and forms with a file post there. */
const isApi = ({ headers }: IncomingMessage, { target }: Visit): boolean =>
  target.startsWith("/api/") && !headers.accept?.includes("text/html");
