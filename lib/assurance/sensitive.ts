import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { minutes } from "#lib/kernel/time.ts";
import { type Aal, assuranceOf, fresh, type Proof, reaches } from "./assurance.ts";
import { type Enrolled, enrolledColumns } from "./enrolled.ts";
import { levelToChange } from "./policy.ts";

/** How old the proofs may be that a sensitive change rests on. */
export const PROOF_LIFETIME = minutes(10);

/**
 * Everything that an account's owner does to it which needs a fresh proof at its level. A use case on this list asks
 * `mayChange` in its transaction; a test walks the list.
 */
export const ownersUses = [
  "passkey.add",
  "passkey.rename",
  "passkey.remove",
  "totp.enrol",
  "totp.remove",
  "email_code.switch",
  "recovery_codes.make",
  "security_phrase.set",
  "two_factors.switch",
  "google.link",
  "google.unlink",
  "password.change",
  "security_questions.replace",
  "data.export",
  "identity.correct",
  "official_email.change",
  "personal_email.change",
] as const;

/** The same of what officers do, to others' accounts or to the portal: the level is that of their own account. */
const officersUses = [
  "identity.unmask",
  "reset.request",
  "reset.decide",
  "correction.decide",
  "admin.change",
  "role.change",
  "system.assign",
  "register.apply",
  "presence.verify",
  "move.decide",
] as const;

export const sensitiveUses = [...ownersUses, ...officersUses] as const;
export type SensitiveUse = (typeof sensitiveUses)[number];

/**
 * What a session that an enrolment ticket opened may do, without a further proof and once; nothing else, however fresh
 * its password.
 */
const usesOfTicket: readonly SensitiveUse[] = ["passkey.add", "totp.enrol"];

/**
 * signed_out: the session ended meanwhile. step_up: a fresh proof is missing; the page leads to `/sign-in/step-up` and
 * back.
 */
export type ChangeRefusal = "signed_out" | "step_up";

/**
 * What a session has proven and its account has enrolled. `ticketId`: the enrolment ticket it was opened with; null of
 * any other.
 */
export type Standing = { accountId: string; proofs: Proof[]; enrolled: Enrolled; ticketId: string | null };

const findStatement = {
  name: "standing_of_session",
  text: `select s.account_id as "accountId", s.proofs, s.ticket_id as "ticketId", ${enrolledColumns("s.account_id")}
    from session s join account a on a.id = s.account_id
    where s.id = $1 and s.ended_at is null and s.expires_at > $2 and a.status = 'activated'`,
};

// Whoever changes what an account signs in with holds its row, so that two who remove the last but one each do not both
// succeed.
const lockStatement = { name: "account_hold", text: "select id from account where id = $1 for no key update" };

/** The level the session's fresh proofs reach, and the one a change needs. */
export function levelsNow({ proofs, enrolled }: Standing, now: Date): { has: Aal | null; needs: Aal } {
  return { has: assuranceOf(fresh(proofs, now, PROOF_LIFETIME)), needs: levelToChange(enrolled) };
}

/** Whether a session has just proven enough for a change: for a page or an errand that leads up to one. */
export function isProven(standing: Standing, now: Date, use?: SensitiveUse): boolean {
  if (standing.ticketId !== null) return use !== undefined && usesOfTicket.includes(use);
  const { has, needs } = levelsNow(standing, now);
  return reaches(has, needs);
}

/**
 * Whether the signed-in owner may do this now, asked inside the transaction that does it: proofs at the account's
 * level, not older than ten minutes. Holds the account's row until the transaction ends. Its value is what the account
 * has enrolled at this moment. `begunAt`: when a change that takes the person a while was begun; it is the age of the
 * proofs then that counts.
 */
export async function mayChange(
  tx: Tx,
  ctx: Context,
  use: SensitiveUse,
  begunAt: Date = ctx.now(),
): Promise<Result<Standing, ChangeRefusal>> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  await run(tx, lockStatement, [ctx.actor.accountId]);
  const found = await standingOf(tx, ctx);
  if (!found) return refuse("signed_out");
  return isProven(found, begunAt, use) ? ok(found) : refuse("step_up");
}

/** The standing of the session that acts; nothing where it has ended. */
export async function standingOf(on: Tx | Context["db"], ctx: Context): Promise<Standing | null> {
  if (ctx.actor.kind !== "account") return null;
  const [row] = await run<Omit<Standing, "enrolled"> & Enrolled>(on, findStatement, [ctx.actor.sessionId, ctx.now()]);
  if (!row) return null;
  const { accountId, proofs, ticketId, ...enrolled } = row;
  return { accountId, proofs, enrolled, ticketId };
}
