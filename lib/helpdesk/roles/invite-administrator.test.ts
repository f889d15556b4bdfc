import { describe, expect, test } from "vitest";
import { office } from "#db/schema/office.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { finishActivation } from "#lib/account/activation/finish-activation.ts";
import { registerAccount } from "#lib/account/registration/register-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes } from "#lib/kernel/time.ts";
import { grantsOf } from "#lib/office/roles/rights-now.ts";
import { answerAll, beginActivation } from "#lib/testing/activation.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { inviteAdministrator, type PersonInvited } from "./invite-administrator.ts";

const PERSON: PersonInvited = {
  identity: fixtureIdentity(300_000),
  fullName: "Pentadbir Contoh",
  officialEmail: "pentadbir@contoh.example.gov.my",
};
const another = (n: number): PersonInvited => ({
  identity: fixtureIdentity(300_000 + n),
  fullName: "Pentadbir Contoh",
  officialEmail: `pentadbir${n}@contoh.example.gov.my`,
});
const AGENCY = "Jabatan Contoh";

async function atTheCommandLine() {
  const world = await newWorld();
  const operator: Context = { ...world.ctx, actor: { kind: "operator" } };
  return { world, invite: (person: PersonInvited) => inviteAdministrator(operator, person, AGENCY) };
}

test("an administrator is pre-registered, holds the role, and gets the activation link", async () => {
  const { world, invite } = await atTheCommandLine();
  const invited = await invite(PERSON);
  if (!invited.ok) throw new Error(invited.error);
  expect(await world.reload({ id: invited.value.accountId })).toMatchObject({ status: "pre_registered" });
  expect(await grantsOf(world.db, world.ctx, invited.value.accountId)).toEqual([
    { role: "administrator", officeId: null },
  ]);
  expect(await world.mails()).toMatchObject([{ kind: "activation", to: PERSON.officialEmail }]);
  expect(await world.events("role.granted")).toMatchObject([{ actorKind: "operator" }]);
});

test("in a database without offices the first one carries the agency's name", async () => {
  const { world, invite } = await atTheCommandLine();
  await world.db.delete(office);
  expect((await invite(PERSON)).ok).toBe(true);
  expect(await world.db.select({ name: office.name }).from(office)).toEqual([{ name: AGENCY }]);
});

test("invited once more, to an address put right, the same person gets another link there and holds the role once", async () => {
  const { world, invite } = await atTheCommandLine();
  await invite({ ...PERSON, officialEmail: "salah@contoh.example.gov.my" });
  expect((await invite(PERSON)).ok).toBe(true);
  expect(await invite(PERSON)).toEqual({ ok: false, error: "throttled" });
  world.moveClock(minutes(2));
  expect((await invite(PERSON)).ok).toBe(true);
  expect((await world.mails()).map(({ to }) => to).toSorted()).toEqual([
    PERSON.officialEmail,
    PERSON.officialEmail,
    "salah@contoh.example.gov.my",
  ]);
  expect(await world.db.select().from(roleGrant)).toHaveLength(1);
});

test("with two administrators at work it is they who make others, also where many are invited at once", async () => {
  const { world, invite } = await atTheCommandLine();
  await world.officer("administrator");
  const people = await Promise.all(
    Array.from({ length: 6 }, async (_, n) => {
      const { identity, fullName, officialEmail } = await world.account();
      return { identity, fullName, officialEmail, n };
    }),
  );
  const answers = await Promise.all(people.map(invite));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter((one) => !one.ok && one.error === "enough")).toHaveLength(5);
  expect(await invite(another(1))).toEqual({ ok: false, error: "enough" });
});

test("somebody suspended, and an address of somebody else, are refused", async () => {
  const { world, invite } = await atTheCommandLine();
  const suspended = await world.account({ status: "suspended" });
  expect(await invite(suspended)).toEqual({ ok: false, error: "not_usable" });
  const other = await world.account();
  expect(await invite({ ...PERSON, officialEmail: other.officialEmail })).toEqual({
    ok: false,
    error: "mailbox_taken",
  });
  expect(await world.db.select().from(roleGrant)).toEqual([]);
});

describe("nobody but the invited becomes administrator", () => {
  const THEIRS = "orang.lain@contoh.example.gov.my";
  const registered = (world: World, officialEmail: string) =>
    registerAccount(
      world.asBrowser({ deviceToken: "the browser of a stranger" }),
      { ...PERSON, officialEmail, officeId: world.office.id },
      true,
    );

  test("not whoever is in the midst of activating it from another mailbox", async () => {
    const { world, invite } = await atTheCommandLine();
    const taken = await world.account({ ...PERSON, status: "registered", selfRegistered: true, officialEmail: THEIRS });
    const { ceremonyToken } = await beginActivation(world.ctx, taken, () => drainMail(world.asSystem()));
    await answerAll(world.ctx, ceremonyToken);
    expect(await invite(PERSON)).toMatchObject({ ok: true, value: { accountId: taken.id } });
    expect(await finishActivation(world.ctx, ceremonyToken, GOOD_PASSWORD)).toEqual({ ok: false, error: "expired" });
  });

  test("not whoever registered them from a browser that could mend the mailbox", async () => {
    const { world, invite } = await atTheCommandLine();
    await registered(world, PERSON.officialEmail);
    world.moveClock(minutes(2));
    const invited = await invite(PERSON);
    if (!invited.ok) throw new Error(invited.error);
    await registered(world, THEIRS);
    expect(await world.reload({ id: invited.value.accountId })).toMatchObject({ officialEmail: PERSON.officialEmail });
  });

  test("not whoever has activated it with a mailbox of their own", async () => {
    const { world, invite } = await atTheCommandLine();
    await world.account({ ...PERSON, officialEmail: THEIRS });
    expect(await invite(PERSON)).toEqual({ ok: false, error: "mailbox_differs" });
    expect(await world.db.select().from(roleGrant)).toEqual([]);
  });
});
