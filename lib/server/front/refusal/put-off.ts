import { randomInt } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Field, parseMultipart } from "../parse-multipart.ts";
import { isOidc, type Refusal, type RefusalWords, type Visit } from "../visit.ts";

/** Seconds: until what is too much or away is over, most often, and some more by chance, so that not all come back at once. */
const AGAIN_AFTER = 3;
const SPREAD = 6;

/**
 * What a page may give back to whoever typed it, hidden in the button that sends it again. Secrets are typed again, and
 * what is not named here counts as one.
 */
const MAY_BE_KEPT = new Set([
  "identityType",
  "identityNumber",
  "passportCountry",
  "mobile",
  "personalEmail",
  "reason",
  "fullName",
  "officialEmail",
  "office",
  "returnTo",
]);
/** What Next.js hides in a form: the action, and the state it goes on from, which is what the page had said. */
const OF_THE_FORM = /^\$ACTION_/;

/** Not now, in these words: with when to come back, and what was typed, where it may be given back. */
export function putOff(words: RefusalWords, { method, headers }: IncomingMessage, { target, body }: Visit): Refusal {
  const again = fieldsToSendAgain(body, headers["content-type"]);
  return {
    status: 503,
    words,
    headers: { "Retry-After": String(AGAIN_AFTER + randomInt(SPREAD + 1)) },
    ...(again && { again: { target, fields: again } }),
    // What is posted to the provider is no address to come back to.
    ...(!again && !(method === "POST" && isOidc(target)) && { reload: target }),
  };
}

function fieldsToSendAgain(body: Buffer | undefined, contentType = ""): readonly Field[] | null {
  const fields = body && parseMultipart(body.toString("utf8"), contentType);
  return fields?.every(({ name }) => MAY_BE_KEPT.has(name) || OF_THE_FORM.test(name)) ? fields : null;
}
