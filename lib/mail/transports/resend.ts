import { Resend } from "resend";
import { seconds } from "#lib/kernel/time.ts";
import { type HandOver, type Message, notTaken, type Sender, type Transport, taken } from "./transport.ts";

const TIME_FOR_A_LETTER = seconds(30);
const PROBED_WITHIN = seconds(10);

/** What is wrong with the letter or its address. Everything else (keys, domains, quotas, their faults) passes or is mended by the operator. */
const ABOUT_THE_LETTER: readonly string[] = ["validation_error", "invalid_parameter", "missing_required_field"];
const FINAL_STATUS: readonly (number | null)[] = [400, 422];

/**
 * Over Resend's interface. The letter's id is its idempotency key, remembered there for 24 hours. `baseUrl` points elsewhere in
 * tests; null means Resend itself.
 */
export function resendTransport(apiKey: string, baseUrl: string | null, sender: Sender): Transport {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {});
  const from = sender.name ? `"${sender.name}" <${sender.address}>` : sender.address;

  return {
    name: "resend",
    async handOver({ id, to, subject, text, html }: Message): Promise<HandOver> {
      const letter = {
        from,
        to: [to],
        replyTo: sender.replyTo,
        subject,
        text,
        html,
        headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        tags: [{ name: "letter", value: id }],
      };
      // Passed on to fetch, which the options' type does not say.
      const options = { idempotencyKey: id, signal: AbortSignal.timeout(TIME_FOR_A_LETTER) };
      const { data, error } = await resend.emails.send(letter, options);
      // Answers that are neither are possible: a proxy's `null` is no success.
      if (data?.id) return { ...taken, providerId: data.id };
      return refusal(error?.name ?? "no_answer", error?.statusCode ?? null);
    },
    close: async () => {},
  };
}

/** What says that they are there and know the key, although they would not answer this. */
const KNOWN_ALL_THE_SAME: readonly string[] = ["restricted_api_key", "rate_limit_exceeded", "daily_quota_exceeded"];

/** Whether they are there and know the key: null, else why not, as a code. No letter is sent. */
export async function reachResend(apiKey: string, baseUrl: string | null): Promise<string | null> {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {});
  const late = new Promise<{ error: { name: string; statusCode: null } }>((give) =>
    setTimeout(give, PROBED_WITHIN, { error: { name: "no_answer", statusCode: null } }).unref(),
  );
  const { error } = await Promise.race([resend.domains.list(), late]);
  if (!error || KNOWN_ALL_THE_SAME.includes(error.name)) return null;
  const answer = refusal(error.name, error.statusCode);
  return answer.ok ? null : answer.reason;
}

function refusal(name: string, status: number | null): HandOver {
  // The key was used for other words of the same letter: it was taken then, and reworded since.
  if (name === "invalid_idempotent_request") return taken;
  const final = ABOUT_THE_LETTER.includes(name) && FINAL_STATUS.includes(status);
  const code = /^[a-z_]{1,40}$/.test(name) ? name : "fault";
  return notTaken(final ? "permanent" : "temporary", ["resend", status, code].filter(Boolean).join("_"));
}

/** The headers that Resend signs its events with: the event's id, when it was posted (seconds since 1970), and the signatures. */
export type SignedHeaders = { id: string; timestamp: string; signature: string };

/** Ids are remembered, and theirs are short. */
const LONGEST_ID = 200;

/**
 * The event of a post that Resend signed within the last five minutes with this secret (`whsec_…`); null for any other. What
 * they post again later they sign anew.
 */
export function verifyResendEvent(secret: string, headers: SignedHeaders, payload: string): unknown {
  if (headers.id.length > LONGEST_ID || !/^\d{1,12}$/.test(headers.timestamp)) return null;
  try {
    return new Resend("re_unused").webhooks.verify({ webhookSecret: secret, headers, payload });
  } catch {
    return null;
  }
}
