import type { letter } from "#db/schema/mail.ts";
import { type Bounce, REASON_OF_COMPLAINT, reasonOfBounce } from "./judge-bounce.ts";

type Row = typeof letter.$inferSelect;
type State = Row["state"];

/**
 * What is heard of a letter after it left. delayed: the other side keeps trying. unsent: the provider took it and could not send
 * it. bounced: it came back; `forwarded` from where its mailbox sends everything on to. complained: its reader called it
 * spam. `at`: when that was, by who tells of it.
 */
export type Outcome = { at: Date } & (
  | { what: "sent" | "delivered" | "complained" }
  | { what: "delayed" | "unsent"; reason: string }
  | { what: "bounced"; bounce: Bounce; forwarded?: boolean }
);

/**
 * How far a letter has come. What is heard late or out of order moves it forward or not at all. One that was never to
 * go out stays so.
 */
const rank: Readonly<Record<State, number>> = {
  queued: 0,
  handed_over: 1,
  refused: 2,
  delivered: 3,
  bounced: 4,
  complained: 5,
  moot: Number.POSITIVE_INFINITY,
};

const leadsTo = {
  delivered: "delivered",
  unsent: "refused",
  bounced: "bounced",
  complained: "complained",
} as const;

export type Standing = Pick<Row, "state" | "reason" | "deliveredAt" | "bouncedAt">;

/** Where a letter stands once this is known, whatever was heard first; null where that changes nothing. */
export function advance(stands: Standing, outcome: Outcome): Standing | null {
  const { what, at } = outcome;
  if (what === "sent") return null;
  if (what === "delayed")
    return stands.state === "handed_over" && stands.reason === null ? { ...stands, reason: outcome.reason } : null;

  const state = leadsTo[what];
  const moves = rank[state] > rank[stands.state];
  // That it arrived is worth knowing of one that came back later, too.
  const deliveredAt = what === "delivered" && stands.state !== "moot" ? (stands.deliveredAt ?? at) : stands.deliveredAt;
  if (!moves) return deliveredAt === stands.deliveredAt ? null : { ...stands, deliveredAt };
  const cameBack = what === "bounced" || what === "complained";
  return { state, deliveredAt, bouncedAt: cameBack ? at : stands.bouncedAt, reason: reasonOf(outcome) };
}

function reasonOf(outcome: Exclude<Outcome, { what: "sent" | "delayed" }> | Outcome): string | null {
  switch (outcome.what) {
    case "bounced":
      return reasonOfBounce(outcome.bounce, outcome.forwarded);
    case "complained":
      return REASON_OF_COMPLAINT;
    case "unsent":
    case "delayed":
      return outcome.reason;
    default:
      return null;
  }
}
