import { hours } from "#lib/kernel/time.ts";
import { beginEnrolment } from "#lib/recovery/enrolment/begin-enrolment.ts";
import { resetPassword } from "#lib/recovery/forgotten-password/reset-password.ts";
import { finishWaits } from "#lib/recovery/lost-factor/finish-waits.ts";
import { startRecovery } from "#lib/recovery/lost-factor/start-recovery.ts";
import { findSession } from "#lib/session/session.ts";
import { provePassword } from "#lib/sign-in/prove-password.ts";
import { GOOD_PASSWORD } from "../add-account.ts";
import { established } from "../established.ts";
import { askForRecovery, linkIn } from "../lost-factor.ts";
import { drainMail } from "../mail.ts";
import type { World } from "../new-world.ts";
import { askForReset, newestReset } from "../recovery.ts";
import { addSecurityAnswers, rightAnswers } from "../security-answers.ts";

import { done, enrolApp, type Stage, withApp } from "./stage.ts";

/** Whoever asks for a new password, with their right number. */
export async function resetByMail({ world, owner }: Stage): Promise<void> {
  await addSecurityAnswers(world.ctx, owner.id);
  await askForReset(world.ctx, owner);
  await drainMail(world.asSystem());
  const { token } = await newestReset(world.ctx, owner);
  const proof = { identity: owner.identity, answers: rightAnswers };
  await done(resetPassword(world.ctx, token, proof, "Rumah-Hijau-Di-Tepi-Sawah-3"));
}

/** The newest link to a place, from all letters so far. */
const mailedLink = async (world: World, place: Parameters<typeof linkIn>[1]) =>
  linkIn(await drainMail(world.asSystem()), place);

/** A lost second factor is asked to be replaced; the secret of the mailed link. */
export async function askForFactor(stage: Stage): Promise<string> {
  const { world, owner } = stage;
  await addSecurityAnswers(world.ctx, owner.id);
  await withApp(stage);
  await askForRecovery(world, owner);
  return mailedLink(world, "recover/second-factor");
}

export async function startWait(stage: Stage): Promise<void> {
  await done(startRecovery(stage.world.ctx, await askForFactor(stage), rightAnswers));
}

/** The wait is over; the secret of the mailed ticket. */
export async function waitOut(stage: Stage): Promise<string> {
  await startWait(stage);
  stage.world.moveClock(hours(24));
  await finishWaits(stage.world.asSystem());
  return mailedLink(stage.world, "enrol");
}

export async function enrolWithTicket(stage: Stage): Promise<void> {
  const { world } = stage;
  const { ceremonyToken } = await done(beginEnrolment(world.ctx, await waitOut(stage), "/enrol"));
  const { sessionToken } = established(await provePassword(world.ctx, ceremonyToken, GOOD_PASSWORD, null));
  const opened = await findSession(world.ctx, sessionToken);
  if (!opened) throw new Error("The ticket opened no session");
  const actor = { kind: "account", accountId: opened.accountId, sessionId: opened.id } as const;
  await enrolApp({ ...world.ctx, actor, sessionToken });
}
