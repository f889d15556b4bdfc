import { beforeEach, describe, expect, test } from "vitest";
import { registerAccount } from "#lib/account/registration/register-account.ts";
import { seconds } from "#lib/kernel/time.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { confirmStaff } from "./confirm-staff.ts";
import { correctMailbox } from "./correct-mailbox.ts";

const WHOSE = fixtureIdentity(77);
const OWNERS = "pemilik@contoh.example.gov.my";
const STRANGERS = "orang.lain@contoh.example.gov.my";

let world: World;
let sa: Awaited<ReturnType<World["officer"]>>;
beforeEach(async () => {
  world = await newWorld();
  sa = await world.officer("sa");
});

const register = (officialEmail: string, officeId: string = world.office.id, fullName = "Nur Contoh binti Teladan") =>
  registerAccount(
    world.asBrowser({ deviceToken: "the browser of a stranger" }),
    { identity: WHOSE, fullName, officialEmail, officeId },
    true,
  );
const registered = async () => {
  const { rows } = await world.db.$client.query<{ id: string }>(
    "select id from account where self_registered_at is not null",
  );
  const id = rows[0]?.id;
  if (!id) throw new Error("Nobody is registered");
  return { id };
};

describe("whoever registers somebody once more from the same browser", () => {
  test("does not take back the mailbox that an officer has corrected", async () => {
    await register(STRANGERS);
    const whose = await registered();
    // Letters of one moment lie in no order.
    world.moveClock(seconds(1));
    expect(await correctMailbox(sa.ctx, { accountId: whose.id, reason, typed: OWNERS })).toMatchObject({ ok: true });
    world.moveClock(seconds(1));
    await register(STRANGERS);
    expect(await world.reload(whose)).toMatchObject({ officialEmail: OWNERS });
    expect((await world.mails()).at(-1)).toMatchObject({ to: OWNERS });
  });

  test("changes nothing of what the office has confirmed", async () => {
    await register(OWNERS);
    const whose = await registered();
    expect(await confirmStaff(sa.ctx, { accountId: whose.id, reason })).toMatchObject({ ok: true });
    const elsewhere = await world.anotherOffice();
    await register(STRANGERS, elsewhere.id, "Nama Lain");
    expect(await world.reload(whose)).toMatchObject({
      officialEmail: OWNERS,
      officeId: world.office.id,
      fullName: "Nur Contoh binti Teladan",
    });
  });
});
