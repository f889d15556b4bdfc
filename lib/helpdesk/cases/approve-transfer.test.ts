import { expect, test } from "vitest";
import { requestOffice } from "#lib/account/profile/request-correction.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { approveTransfer } from "./approve-transfer.ts";

test("a transfer takes a fresh proof, as every approval", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const receiving = await world.anotherOffice();
  const asked = await requestOffice(await world.as(owner), { officeId: receiving.id });
  if (!asked.ok) throw new Error(`The transfer was not asked for: ${asked.error}`);
  const { ctx } = await world.officer("sa", { officeId: receiving.id });
  world.moveClock(minutes(10));
  world.moveClock(seconds(1));
  expect(await approveTransfer(ctx, asked.value.reference, reason)).toEqual({ ok: false, error: "step_up" });
  expect(await world.reload(owner)).toMatchObject({ officeId: world.office.id, staffConfirmedAt: null });
});
