import { whyOfReason } from "#lib/mail/delivery/judge-bounce.ts";
import type { LetterFact, MailTrouble } from "../account/account-facts.ts";

/**
 * Why a letter did not arrive, in one word. `forwarded`: its mailbox took it and sends everything on to another, which did not.
 * `other`: what was said of it says nothing of the mailbox.
 */
export const troubleOf = ({ state, reason }: Pick<LetterFact, "state" | "reason">): MailTrouble | "forwarded" =>
  state === "complained" ? "complained" : (whyOfReason(reason) ?? "other");
