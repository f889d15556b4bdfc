import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hours, after as later } from "#lib/kernel/time.ts";
import { closeAccount } from "#lib/recovery/close/close-account.ts";
import { lockOwnAccount } from "#lib/recovery/lock/lock-account.ts";
import { cancelOwnRecovery } from "#lib/recovery/lost-factor/cancel-recovery.ts";
import { startRecovery } from "#lib/recovery/lost-factor/start-recovery.ts";
import { reinstateAccount } from "#lib/recovery/suspend/reinstate-account.ts";
import { suspendAccount } from "#lib/recovery/suspend/suspend-account.ts";
import { diagnosisOf, findingsOf } from "#lib/testing/diagnosis.ts";
import { askedForRecovery, startedRecovery, withTicket } from "#lib/testing/lost-factor.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { answersWith } from "#lib/testing/security-answers.ts";

const staff = { staffConfirmed: true } as const;

describe("of a lost second factor it is found that", () => {
  test("its wait runs, until when, and then that a new one may be set up", async () => {
    const waiting = await startedRecovery(staff);
    expect(await diagnosisOf(waiting.world, waiting.owner)).toEqual([
      {
        code: "second_factor_lost_waiting",
        about: { until: later(waiting.world.now(), hours(24)) },
        help: { do: "request_reset" },
      },
    ]);
    const { world, owner } = await withTicket(staff);
    expect(await diagnosisOf(world, owner)).toMatchObject([
      { code: "second_factor_ticket_waiting", about: { until: later(world.now(), hours(72)) } },
    ]);
  });

  test("it was asked for and not carried on", async () => {
    const { world, owner } = await askedForRecovery(staff);
    expect(await diagnosisOf(world, owner)).toMatchObject([
      { code: "second_factor_lost_no_recovery", about: { why: "unfinished" }, help: { do: "request_reset" } },
    ]);
  });

  test("the answers did not match", async () => {
    const { world, owner, token } = await askedForRecovery(staff);
    expect((await startRecovery(world.ctx, token, answersWith(1))).ok).toBe(false);
    expect(await diagnosisOf(world, owner)).toMatchObject([
      { code: "second_factor_lost_no_recovery", about: { why: "answers" } },
    ]);
  });

  test("its replacement was stopped", async () => {
    const { world, owner } = await startedRecovery(staff);
    expect((await cancelOwnRecovery(await world.as(owner, ["password", "totp"]))).ok).toBe(true);
    expect(await diagnosisOf(world, owner)).toMatchObject([
      { code: "second_factor_lost_no_recovery", about: { why: "stopped" } },
    ]);
  });
});

describe("where the account stands still, nothing else is found:", () => {
  test("locked by its owner", async () => {
    const world = await newWorld();
    const owner = await world.account(staff);
    expect((await lockOwnAccount(await world.as(owner))).ok).toBe(true);
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "locked_by_owner", about: { at: world.now(), how: "settings" }, help: { do: "unlock" } },
    ]);
  });

  test("suspended, until it is reinstated", async () => {
    const world = await newWorld();
    const owner = await world.account(staff);
    const by = { actionId: randomUUID() };
    await world.db.transaction((tx) => suspendAccount(tx, world.asSystem(), owner.id, by));
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "suspended", about: { at: world.now() }, help: { do: "reinstate" } },
    ]);
    await world.db.transaction((tx) => reinstateAccount(tx, world.asSystem(), owner.id, by));
    expect(await findingsOf(world, owner)).not.toContain("suspended");
  });

  test.each([
    ["closed", "account.closed", { do: "reopen" }],
    ["voided", "registration.voided", null],
  ] as const)("%s", async (code, type, help) => {
    const world = await newWorld();
    const owner = await world.account(code === "closed" ? staff : { status: "registered" });
    await world.db.transaction((tx) => closeAccount(tx, world.asSystem(), owner.id, { type, actionId: randomUUID() }));
    expect(await diagnosisOf(world, owner)).toEqual([{ code, about: { at: world.now() }, help }]);
  });
});
