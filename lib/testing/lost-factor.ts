import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { hours } from "#lib/kernel/time.ts";
import { claimOf } from "#lib/recovery/claim.ts";
import { finishWaits } from "#lib/recovery/lost-factor/finish-waits.ts";
import { answerRecoveryRequest } from "#lib/recovery/lost-factor/request-recovery.ts";
import { startRecovery } from "#lib/recovery/lost-factor/start-recovery.ts";
import { drainMail, type Mail } from "./mail.ts";
import { type AccountWanted, newWorld, type World, type WorldAccount } from "./new-world.ts";
import { addSecurityAnswers, rightAnswers } from "./security-answers.ts";
import { addTotp } from "./totp.ts";

/** Somebody with a password, an authenticator app, three answers and two addresses. */
export async function withFactor(wanted: AccountWanted = {}) {
  const world = await newWorld();
  const owner = await world.account({ password: true, personalEmail: "pegawai@contoh.example", ...wanted });
  await world.db.update(account).set({ personalEmailVerifiedAt: world.now() }).where(eq(account.id, owner.id));
  await addSecurityAnswers(world.ctx, owner.id);
  await addTotp(world.ctx, owner.id);
  return { world, owner };
}

/** What a request leaves for the job, answered at once. */
export const askForRecovery = (
  world: World,
  { identity, officialEmail }: Pick<WorldAccount, "identity" | "officialEmail">,
  by = world.ctx,
): Promise<void> => answerRecoveryRequest(world.asSystem(), claimOf(by, identity, officialEmail));

/** The secret of a link to this place, in the newest letter that has one. */
export function linkIn(mails: readonly Mail[], place: "recover/second-factor" | "enrol" | "undo"): string {
  const found = mails.flatMap(({ text }) => [...text.matchAll(new RegExp(`/${place}/([\\w-]{43})`, "g"))]).at(-1)?.[1];
  if (!found) throw new Error(`No letter leads to /${place}/…`);
  return found;
}

/** The eight digits of a letter. */
export const codeIn = ({ text }: Pick<Mail, "text">): string =>
  (/\n(\d{4}) (\d{4})\n/.exec(text) ?? []).slice(1).join("");

/** Their letter to the questions, and its link. */
export async function askedForRecovery(wanted: AccountWanted = {}) {
  const set = await withFactor(wanted);
  await askForRecovery(set.world, set.owner);
  return { ...set, token: linkIn(await drainMail(set.world.asSystem()), "recover/second-factor") };
}

/** The answers were right: the wait runs. `stopToken` is of the link that stops it. */
export async function startedRecovery(wanted: AccountWanted = {}) {
  const set = await askedForRecovery(wanted);
  const started = await startRecovery(set.world.ctx, set.token, rightAnswers);
  if (!started.ok) throw new Error(`The recovery did not start: ${started.error}`);
  return { ...set, stopToken: linkIn(await drainMail(set.world.asSystem()), "undo") };
}

/** The wait is over: a ticket is in the mailbox. */
export async function withTicket(wanted: AccountWanted = {}) {
  const set = await startedRecovery(wanted);
  set.world.moveClock(hours(24));
  await finishWaits(set.world.asSystem());
  return { ...set, ticketToken: linkIn(await drainMail(set.world.asSystem()), "enrol") };
}
