import { expect, test } from "vitest";
import { relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { finishActivation } from "#lib/account/activation/finish-activation.ts";
import { answerAll, beginActivation } from "#lib/testing/activation.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { correctMailbox } from "./correct-mailbox.ts";

/** The context of somebody in whose next transaction `meanwhile` comes first. */
function overtaken<C extends Awaited<ReturnType<typeof newWorld>>["ctx"]>(ctx: C, meanwhile: () => Promise<void>): C {
  let comes = true;
  const db = new Proxy(ctx.db, {
    get(target, name) {
      if (name !== "transaction") return Reflect.get(target, name);
      return async (...given: Parameters<typeof target.transaction>) => {
        if (comes) {
          comes = false;
          await meanwhile();
        }
        return target.transaction(...given);
      };
    },
  });
  return { ...ctx, db };
}

test("whoever reads the former mailbox activates nothing, though their password was being hashed", async () => {
  const world = await newWorld();
  const helpdesk = await world.officer("helpdesk");
  const newcomer = await world.account({ status: "pre_registered" });
  const { ceremonyToken } = await beginActivation(world.ctx, newcomer, () => drainMail(world.asSystem()));
  await answerAll(world.ctx, ceremonyToken);
  const stranger = overtaken(world.ctx, async () => {
    const typed = "betul@contoh.example.gov.my";
    expect(await correctMailbox(helpdesk.ctx, { accountId: newcomer.id, reason, typed })).toMatchObject({ ok: true });
  });
  expect(await finishActivation(stranger, ceremonyToken, GOOD_PASSWORD)).toEqual({ ok: false, error: "expired" });
  expect(await world.reload(newcomer)).toMatchObject({ status: "email_verified", officialEmailVerifiedAt: null });
  expect(await world.events("account.activated")).toEqual([]);
});

test.each([
  ["helpdesk", "ended"],
  ["sa", "held"],
] as const)("roles in systems that wait for a newcomer whose mailbox a %s corrects are %s", async (role, said) => {
  const world = await newWorld();
  const officer = await world.officer(role);
  const newcomer = await world.account({ status: "pre_registered", staffConfirmed: true });
  const { roles } = await addRelyingParty(world.ctx, { roles: ["pelulus"] });
  await addRelyingPartyRole(world.ctx, newcomer, roles[0] ?? expect.fail());
  const typed = "betul@contoh.example.gov.my";
  expect(await correctMailbox(officer.ctx, { accountId: newcomer.id, reason, typed })).toMatchObject({ ok: true });
  const grants = await world.db.select().from(relyingPartyRoleGrant);
  expect(grants.map(({ endedAt }) => (endedAt ? "ended" : "held"))).toEqual([said]);
});
