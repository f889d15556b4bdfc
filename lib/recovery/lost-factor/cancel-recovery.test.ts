import { describe, expect, test } from "vitest";
import { hours, minutes } from "#lib/kernel/time.ts";
import { askedForRecovery, askForRecovery, linkIn, startedRecovery } from "#lib/testing/lost-factor.ts";
import { drainMail } from "#lib/testing/mail.ts";
import type { World } from "#lib/testing/new-world.ts";
import { rightAnswers } from "#lib/testing/security-answers.ts";
import { lockOwnAccount } from "../lock/lock-account.ts";
import { disownSignIn } from "../undo/disown-sign-in.ts";
import { cancelByLetter, cancelByLink, cancelOwnRecovery, viewWaitToStop } from "./cancel-recovery.ts";
import { finishWaits } from "./finish-waits.ts";
import { startRecovery } from "./start-recovery.ts";
import { ownWait, viewRecovery } from "./view-recovery.ts";

const lettersOf = async (world: World, kind: string) => (await world.mails()).filter((mail) => mail.kind === kind);

describe("a wait is stopped", () => {
  const afterwards = async (world: World, token: string) => {
    world.moveClock(hours(25));
    expect(await finishWaits(world.asSystem())).toBe(0);
    expect(await lettersOf(world, "enrolment")).toEqual([]);
    expect(await viewRecovery(world.ctx, token)).toEqual({ ok: false, error: "stopped" });
  };

  test("by the link of its letter, which shows it first and changes nothing by being opened", async () => {
    const { world, token, stopToken } = await startedRecovery();
    const before = (await world.events()).length;
    expect(await viewWaitToStop(world.ctx, stopToken)).toMatchObject({
      ok: true,
      value: { from: "Chrome pada Windows" },
    });
    expect(await world.events()).toHaveLength(before);
    const presses = await Promise.all(Array.from({ length: 50 }, () => cancelByLetter(world.ctx, stopToken)));
    expect(presses.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await world.events("recovery.cancelled")).map(({ data }) => data)).toMatchObject([{ how: "letter" }]);
    expect((await lettersOf(world, "security_change")).map(({ about }) => about)).toMatchObject([
      { change: "recovery_cancelled" },
      { change: "recovery_cancelled" },
    ]);
    expect(await viewWaitToStop(world.ctx, stopToken)).toEqual({ ok: false, error: "stopped" });
    await afterwards(world, token);
  });

  test("where its progress is shown", async () => {
    const { world, token } = await startedRecovery();
    expect(await cancelByLink(world.ctx, token)).toEqual({ ok: true, value: null });
    expect(await cancelByLink(world.ctx, token)).toEqual({ ok: false, error: "stopped" });
    await afterwards(world, token);
  });

  test("by whoever is signed in, who sees it; of others they see and stop nothing", async () => {
    const { world, owner, token } = await startedRecovery();
    const stranger = await world.as(await world.account());
    expect(await ownWait(stranger)).toBeNull();
    expect(await cancelOwnRecovery(stranger)).toEqual({ ok: false, error: "stopped" });
    const here = await world.as(owner);
    expect(await ownWait(here)).toMatchObject({ ready: false });
    expect((await cancelOwnRecovery(here)).ok).toBe(true);
    expect(await ownWait(here)).toBeNull();
    await afterwards(world, token);
  });

  test("by locking the account", async () => {
    const { world, owner } = await startedRecovery();
    await lockOwnAccount(await world.as(owner));
    world.moveClock(hours(25));
    expect(await finishWaits(world.asSystem())).toBe(0);
    expect((await world.events("recovery.cancelled")).map(({ data }) => data)).toMatchObject([{ how: "locked" }]);
  });

  test("by saying that a sign-in was not one's own", async () => {
    const { world, owner, token } = await startedRecovery();
    const { tellOfNewBrowser } = await import("#lib/testing/mail.ts");
    const { actor } = await world.as(owner);
    await world.db.transaction((tx) =>
      tellOfNewBrowser(tx, world.ctx, { accountId: owner.id, sessionId: actor.sessionId }),
    );
    const letters = (await drainMail(world.asSystem())).filter(({ subject }) => !subject.includes("Faktor kedua"));
    expect((await disownSignIn(world.ctx, linkIn(letters, "undo"))).ok).toBe(true);
    expect((await world.events("recovery.cancelled")).map(({ data }) => data)).toMatchObject([{ how: "not_me" }]);
    await afterwards(world, token);
  });

  test("and neither its link nor that of its letter stops a newer one", async () => {
    const { world, owner, token, stopToken } = await startedRecovery();
    await cancelByLetter(world.ctx, stopToken);
    world.moveClock(minutes(2));
    await askForRecovery(world, owner);
    const newer = linkIn(await drainMail(world.asSystem()), "recover/second-factor");
    expect((await startRecovery(world.ctx, newer, rightAnswers)).ok).toBe(true);
    for (const stopping of [cancelByLink(world.ctx, token), cancelByLetter(world.ctx, stopToken)])
      expect(await stopping).toEqual({ ok: false, error: "stopped" });
    expect(await viewRecovery(world.ctx, newer)).toMatchObject({ ok: true, value: { step: "wait" } });
  });

  test("and a link that ran out stops none that another began", async () => {
    const { world, owner, token } = await askedForRecovery();
    world.moveClock(minutes(31));
    await askForRecovery(world, owner);
    const newer = linkIn(await drainMail(world.asSystem()), "recover/second-factor");
    expect((await startRecovery(world.ctx, newer, rightAnswers)).ok).toBe(true);
    expect(await cancelByLink(world.ctx, token)).toEqual({ ok: false, error: "unknown" });
    expect(await viewRecovery(world.ctx, newer)).toMatchObject({ ok: true, value: { step: "wait" } });
  });
});
