import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { officerRequest } from "#db/schema/helpdesk.ts";
import type { Role } from "#db/schema/roles.ts";
import { after, days, hours } from "#lib/kernel/time.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addGrant, anyReason as reason } from "#lib/testing/officer.ts";
import { correctMailbox } from "./actions/correct-mailbox.ts";
import { findPerson } from "./find-person.ts";
import { grantRole } from "./roles/grant-role.ts";
import { decideRequest } from "./two-officers/decide-request.ts";

let world: World;
let newcomer: WorldAccount;
let helpdesk: Awaited<ReturnType<World["officer"]>>;
beforeEach(async () => {
  world = await newWorld();
  newcomer = await world.account({ status: "pre_registered", staffConfirmed: true });
  helpdesk = await world.officer("helpdesk");
});

const takeOver = () =>
  correctMailbox(helpdesk.ctx, { accountId: newcomer.id, reason, typed: "lain@contoh.example.gov.my" });
const ask = async (role: Role) => {
  const administrator = await world.officer("administrator");
  const wanted = { role, offices: [world.office.id], from: world.now(), until: null, reason };
  expect(await grantRole(administrator.ctx, newcomer.id, wanted)).toMatchObject({ ok: true });
};

describe("nobody of lower rank acts on", () => {
  test("somebody who holds a role from a coming day", async () => {
    await addGrant(world.ctx, newcomer.id, {
      role: "sa",
      officeId: world.office.id,
      fromAt: after(world.now(), days(1)),
    });
    expect(await takeOver()).toEqual({ ok: false, error: "outranked" });
    const officer = await officerOf(world.db, helpdesk.ctx);
    expect(officer && (await findPerson(helpdesk.ctx, officer, "mailbox.correct", newcomer.id))).toBeNull();
    expect((await world.reload(newcomer)).officialEmail).toBe(newcomer.officialEmail);
  });

  test("somebody for whom a role waits, until nobody can agree to it any more", async () => {
    await ask("administrator");
    expect(await takeOver()).toEqual({ ok: false, error: "outranked" });
    world.moveClock(hours(4));
    expect(await takeOver()).toMatchObject({ ok: true });
  });
});

test("who is to be an SA is still in reach of whoever agrees to that", async () => {
  await ask("sa");
  const ap = await world.officer("ap");
  const [request] = await world.db.select().from(officerRequest).where(eq(officerRequest.accountId, newcomer.id));
  expect(await decideRequest(ap.ctx, request?.id ?? "", { approve: true, reason })).toMatchObject({ ok: true });
});
