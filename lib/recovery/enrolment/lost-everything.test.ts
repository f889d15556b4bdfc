import { expect, test } from "vitest";
import { beginTotp } from "#lib/authenticators/totp/begin-totp.ts";
import { confirmTotp } from "#lib/authenticators/totp/confirm-totp.ts";
import { pendingTotp } from "#lib/authenticators/totp/find-totp.ts";
import type { Context } from "#lib/kernel/context.ts";
import { hours } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { provePassword } from "#lib/sign-in/prove-password.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { established } from "#lib/testing/established.ts";
import { linkIn, startedRecovery } from "#lib/testing/lost-factor.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { askForReset, newestReset } from "#lib/testing/recovery.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";
import { totpCode } from "#lib/testing/totp.ts";
import { resetPassword } from "../forgotten-password/reset-password.ts";
import { finishWaits } from "../lost-factor/finish-waits.ts";
import { beginEnrolment } from "./begin-enrolment.ts";

const NEW = "Nasi-Lemak-Ikan-Bilis-4";

test("who has lost the password too chooses a new one during the wait, which goes on, and signs in with it and the ticket", async () => {
  const { world, owner } = await startedRecovery();
  await askForReset(world.asSystem(), owner);
  await drainMail(world.asSystem());
  const { token } = await newestReset(world.ctx, owner);
  expect((await resetPassword(world.ctx, token, { identity: owner.identity, answers: [] }, NEW)).ok).toBe(true);
  expect(await signInWithPassword(world.ctx, owner, NEW), "the second factor is still asked for").toMatchObject({
    value: { step: "prove" },
  });

  world.moveClock(hours(24));
  expect(await finishWaits(world.asSystem())).toBe(1);
  const ticket = linkIn(await drainMail(world.asSystem()), "enrol");
  const begun = await beginEnrolment(world.ctx, ticket, "/enrol");
  if (!begun.ok) throw new Error(begun.error);
  const { ceremonyToken } = begun.value;
  expect(await provePassword(world.ctx, ceremonyToken, GOOD_PASSWORD, null)).toEqual({ ok: false, error: "mismatch" });
  const { sessionToken } = established(await provePassword(world.ctx, ceremonyToken, NEW, null));
  const session = await findSession(world.ctx, sessionToken);
  const here: Context = {
    ...world.ctx,
    actor: { kind: "account", accountId: owner.id, sessionId: session?.id ?? "" },
  };
  await beginTotp(here);
  const secret = (await pendingTotp(here, "Kunci"))?.secret ?? "";
  expect((await confirmTotp(here, totpCode(secret, world.now()))).ok).toBe(true);
});
