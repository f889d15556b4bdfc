import { describe, expect, test } from "vitest";
import type { AuditEvent, RelyingPartyReason } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import { minutes } from "#lib/kernel/time.ts";
import { diagnosisOf, findingsOf } from "#lib/testing/diagnosis.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { addTotp } from "#lib/testing/totp.ts";

/** Somebody in order whom a system did not let in just now. */
async function refused(reason: RelyingPartyReason, { openToAll = false } = {}) {
  const world = await newWorld();
  const owner = await world.account({ password: true, staffConfirmed: true });
  const asOwner = await world.as(owner);
  const system = await addRelyingParty(world.ctx, { name: "Perakaunan", roles: ["pelulus"], openToAll });
  const about = { accountId: owner.id, relyingPartyId: system.id, system: system.name };
  const told = (event: AuditEvent) => world.db.transaction((tx) => record(tx, asOwner, event));
  await told({ type: "relying_party.refused", ...about, reason });
  const opened = () =>
    told({ type: "relying_party.signed_in", ...about, relyingPartySessionId: system.id, level: "aal1" });
  return { world, owner, role: system.roles[0] as { id: string }, opened };
}

describe("of a system that did not open it is found", () => {
  test("that no role is held, until one is granted", async () => {
    const { world, owner, role } = await refused("no_role");
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "system_refused", about: { system: "Perakaunan", why: "no_role", at: world.now() }, help: null },
    ]);
    await addRelyingPartyRole(world.ctx, owner, role);
    expect(await findingsOf(world, owner)).toEqual(["no_problem_found"]);
  });

  test("that the proof it asks for is not set up, until one is", async () => {
    const { world, owner } = await refused("level_out_of_reach", { openToAll: true });
    expect(await findingsOf(world, owner)).toEqual(["system_refused"]);
    world.moveClock(minutes(1));
    await addTotp(world.ctx, owner.id);
    expect(await findingsOf(world, owner)).toEqual(["no_problem_found"]);
  });

  test("nothing once it opened, nor where its owner did not agree", async () => {
    const { world, owner, opened } = await refused("level_out_of_reach", { openToAll: true });
    await opened();
    expect(await findingsOf(world, owner)).toEqual(["no_problem_found"]);
    const other = await refused("consent_denied");
    expect(await findingsOf(other.world, other.owner)).toEqual(["no_problem_found"]);
  });
});
