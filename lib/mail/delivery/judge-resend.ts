import * as z from "zod";
import type { Outcome } from "./advance-letter.ts";
import { type Bounce, judgeBounce } from "./judge-bounce.ts";

const short = z.string().max(200);
const long = z.string().max(5_000);

/** The part of Resend's events that is used; fields beyond it are theirs. */
const eventShape = z.object({
  type: short,
  created_at: short,
  data: z.object({
    email_id: short.optional(),
    tags: z
      .union([z.record(z.string(), z.string()), z.array(z.object({ name: z.string(), value: z.string() }))])
      .optional(),
    bounce: z
      .object({
        type: short.optional(),
        subType: short.optional(),
        message: long.optional(),
        diagnosticCode: z.array(long).optional(),
      })
      .optional(),
    suppressed: z.object({ type: short.optional() }).optional(),
    failed: z.object({ reason: short.optional() }).optional(),
  }),
});
type ResendEvent = z.infer<typeof eventShape>;

/** What an event of Resend's tells: of which letter (our tag on it), under which name of theirs, and what became of it. */
export type Heard = { letterId: string; providerId: string | null; outcome: Outcome };

/**
 * Reads an event; null for kinds that tell nothing of delivery (an opened letter is nobody's business here), for letters
 * without our tag, and for shapes that are not known. `now` stands in for a time that cannot be read.
 */
export function readResendEvent(event: unknown, now: Date): Heard | null {
  const read = eventShape.safeParse(event);
  if (!read.success) return null;
  const { tags, email_id: providerId } = read.data.data;
  const letterId = Array.isArray(tags) ? tags.find(({ name }) => name === "letter")?.value : tags?.letter;
  const outcome = outcomeOf(read.data, timeOf(read.data.created_at) ?? now);
  return letterId && outcome ? { letterId, providerId: providerId ?? null, outcome } : null;
}

function outcomeOf({ type, data }: ResendEvent, at: Date): Outcome | null {
  switch (type) {
    case "email.sent":
      return { what: "sent", at };
    case "email.delivered":
      return { what: "delivered", at };
    case "email.delivery_delayed":
      return { what: "delayed", at, reason: "resend_delayed" };
    case "email.complained":
      return { what: "complained", at };
    case "email.bounced":
      return { what: "bounced", at, bounce: judgeResendBounce(data.bounce ?? {}) };
    // Never sent: an earlier letter to the mailbox bounced for good or was complained of, at any customer of theirs.
    case "email.suppressed":
      return { what: "bounced", at, bounce: { why: "blocked", isFinal: true, code: "suppressed" } };
    case "email.failed":
      return { what: "unsent", at, reason: ["resend_failed", codeOf(data.failed?.reason)].filter(Boolean).join("_") };
    default:
      return null;
  }
}

/**
 * Resend passes on the bounce types of Amazon SES (its developer guide, "Bounce types"): `Permanent`, `Transient`,
 * `Undetermined`, and a subtype. Where the other server's own status stands beside it, that says more.
 */
function judgeResendBounce({
  type,
  subType,
  message,
  diagnosticCode,
}: NonNullable<ResendEvent["data"]["bounce"]>): Bounce {
  const words = [...(diagnosticCode ?? []), message ?? ""].join(" ");
  const code = codeOf(subType);
  switch (code) {
    case "noemail":
      return { why: "no_such_mailbox", isFinal: true, code };
    case "mailboxfull":
      return { why: "mailbox_full", isFinal: false, code };
    case "suppressed":
    case "onaccountsuppressionlist":
      return { why: "blocked", isFinal: true, code };
    case "contentrejected":
    case "attachmentrejected":
      return { why: "blocked", isFinal: false, code };
  }
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0];
  const judged = judgeBounce({ ...(status === undefined ? {} : { status }), words });
  if (judged.why !== "other" || type !== "Permanent") return { ...judged, code: status ?? code };
  return { why: "other", isFinal: true, code: status ?? code };
}

const codeOf = (words: string | undefined): string | null => {
  const code = words
    ?.toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join("_");
  return code?.slice(0, 40) || null;
};

function timeOf(written: string): Date | null {
  const at = new Date(written);
  return Number.isNaN(at.getTime()) ? null : at;
}
