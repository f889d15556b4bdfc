import type { IncomingMessage } from "node:http";
import { type Field, parseMultipart } from "../parse-multipart.ts";
import type { Refusal, Visit } from "../visit.ts";

/** Seconds: until an instance that was given too much does well again, and as many more, so that not all come back at once. */
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
  "altcha",
]);
/** What Next.js hides in a form: the action, and the state it goes on from, which is what the page had said. */
const OF_THE_FORM = /^\$ACTION_/;

/**
 * Not now: too much at once, told before anything was done, or no database (`away`). With when to come back, which `chance`
 * from 0 to 1 spreads, and what was typed, where it may be given back.
 */
export function putOff(
  { url: target = "/", headers }: IncomingMessage,
  { body }: Visit,
  chance: number,
  words: "busy" | "away" = "busy",
): Refusal {
  const again = fieldsToSendAgain(body, headers["content-type"]);
  return {
    status: 503,
    words,
    headers: { "Retry-After": String(AGAIN_AFTER + Math.floor(chance * (SPREAD + 1))) },
    ...(again ? { again: { target, fields: again } } : { reload: target }),
  };
}

function fieldsToSendAgain(body: Buffer | undefined, contentType = ""): readonly Field[] | null {
  const fields = body && parseMultipart(body.toString("utf8"), contentType);
  return fields?.every(({ name }) => MAY_BE_KEPT.has(name) || OF_THE_FORM.test(name)) ? fields : null;
}
