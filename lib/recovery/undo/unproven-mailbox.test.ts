import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { undoLink } from "#db/schema/recovery.ts";
import { confirmMailboxChange } from "#lib/account/mailbox/confirm-mailbox-change.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { proofIn } from "#lib/testing/mailbox.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";

const HOME = "aisyah@rumah.example";
const PROVEN = "betul@contoh.example.gov.my";

/** Activated at a counter: nobody has shown to read the official mailbox, and it may be a stranger's. */
async function activatedInPerson(personal: string | null = null) {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  await world.db
    .update(account)
    .set({
      officialEmailVerifiedAt: null,
      ...(personal && { personalEmail: personal, personalEmailVerifiedAt: world.now() }),
    })
    .where(eq(account.id, owner.id));
  return { world, owner };
}

describe("an official mailbox that nobody has proven", () => {
  test("gets no link by which a sign-in is disowned and a password chosen", async () => {
    const { world, owner } = await activatedInPerson();
    for (const deviceToken of ["a phone's", "a desk's"])
      expect((await signInWithPassword(world.asBrowser({ deviceToken }), owner, owner.password ?? "")).ok).toBe(true);
    expect(await drainMail(world.asSystem())).toEqual([]);
    expect(await world.db.select().from(undoLink)).toEqual([]);
  });

  test("gets no link by which it becomes the proven mailbox again after its owner has given the right one", async () => {
    const { world, owner } = await activatedInPerson();
    const here = await world.as(owner);
    expect(await requestMailboxChange(here, "official", PROVEN)).toMatchObject({ ok: true });
    const { token } = proofIn((await drainMail(world.asSystem())).findLast(({ to }) => to === PROVEN));
    expect(await confirmMailboxChange(here, token)).toMatchObject({ ok: true });
    expect(new Set((await drainMail(world.asSystem())).map(({ to }) => to))).toEqual(new Set([PROVEN]));
    expect(await world.db.select().from(undoLink)).toEqual([]);
  });

  test("gets no notice by which its reader could lock the account or stop its reset; a proven personal one does", async () => {
    const { world, owner } = await activatedInPerson(HOME);
    await world.db.transaction(async (tx) => {
      await notifyOwner(tx, world.ctx, owner.id, "password_changed");
      await notifyOwner(tx, world.ctx, owner.id, "password_changed");
    });
    expect(
      (await world.mails()).map(({ to }) => to),
      "and the ceiling of notices holds there too",
    ).toEqual([HOME]);
  });
});
