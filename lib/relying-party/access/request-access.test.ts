import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { accessRequest, relyingParty, relyingPartyRole } from "#db/schema/relying-party.ts";
import { session } from "#db/schema/session.ts";
import { hours, minutes } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { limits } from "#lib/throttle/limits.ts";
import { latestAccessRequest, listAccessRequests } from "./list-access-requests.ts";
import { requestAccess } from "./request-access.ts";
import { sealRefusal } from "./seal-request-words.ts";
import { withdrawAccessRequest } from "./withdraw-access-request.ts";

const confirmed = { staffConfirmed: true };
let world: World;
let ada: WorldAccount;
let asAda: SignedIn;
let system: Awaited<ReturnType<typeof addRelyingParty>>;

beforeEach(async () => {
  world = await newWorld();
  ada = await world.account(confirmed);
  asAda = await world.as(ada);
  system = await addRelyingParty(world.ctx, { name: "Perakaunan", roles: ["penyedia"] });
});

const ask = (by = asAda, relyingPartyId = system.id, note?: string) => requestAccess(by, { relyingPartyId, note });

const asked = async (by = asAda, relyingPartyId = system.id) => {
  const filed = await ask(by, relyingPartyId);
  if (!filed.ok) throw new Error(filed.error);
  return filed.value.requestId;
};

describe("asking for a system", () => {
  test("is filed with what for, sealed, and stands in the trail", async () => {
    const filed = await ask(asAda, system.id, "Saya mengambil alih tugas bayaran.");
    expect(filed).toMatchObject({ ok: true });
    expect(await world.db.select().from(accessRequest)).toMatchObject([
      { accountId: ada.id, relyingPartyId: system.id, state: "open", requestedAt: world.now(), decidedAt: null },
    ]);
    expect(JSON.stringify(await world.db.select().from(accessRequest))).not.toContain("bayaran");
    expect(await world.events()).toMatchObject([
      { type: "access_request.opened", accountId: ada.id, data: { system: "Perakaunan", relyingPartyId: system.id } },
    ]);
    expect(await listAccessRequests(world.ctx, ada.id)).toMatchObject([
      { system: "Perakaunan", state: "open", note: "Saya mengambil alih tugas bayaran.", refusal: null },
    ]);
  });

  test("twenty times at once files one", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.error === "waiting")).toHaveLength(19);
    expect(await world.db.$count(accessRequest)).toBe(1);
  });

  test("of another one, and by somebody else, is not in its way", async () => {
    const other = await addRelyingParty(world.ctx, { roles: ["pegawai"] });
    await asked();
    await asked(asAda, other.id);
    await asked(await world.as(await world.account(confirmed)));
    expect(await listAccessRequests(world.ctx, ada.id)).toHaveLength(2);
  });

  test("is refused where there is no such system, or it is disabled", async () => {
    expect(await ask(asAda, ada.id)).toEqual({ ok: false, error: "system_unknown" });
    expect(await ask(asAda, "x")).toEqual({ ok: false, error: "system_unknown" });
    await world.db.update(relyingParty).set({ disabledAt: world.now() });
    expect(await ask()).toEqual({ ok: false, error: "system_unknown" });
  });

  test("is refused to whoever may open it: by a role in force, or because everybody may", async () => {
    const everybodys = await addRelyingParty(world.ctx, { openToAll: true, roles: ["pegawai"] });
    expect(await ask(asAda, everybodys.id)).toEqual({ ok: false, error: "may_open" });
    const [role] = system.roles;
    if (!role) throw new Error("No role");
    await addRelyingPartyRole(world.ctx, ada, role, { untilAt: new Date(world.now().getTime() + minutes(5)) });
    expect(await ask()).toEqual({ ok: false, error: "may_open" });
    world.moveClock(minutes(5));
    expect(await ask()).toMatchObject({ ok: true });
  });

  test("is refused where no role is left that anybody could be given", async () => {
    await world.db.update(relyingPartyRole).set({ retiredAt: world.now() });
    expect(await ask()).toEqual({ ok: false, error: "no_roles" });
  });

  test("waits until the office has confirmed whoever asks", async () => {
    await world.db.update(accounts).set({ staffConfirmedAt: null }).where(eq(accounts.id, ada.id));
    expect(await ask()).toEqual({ ok: false, error: "awaiting_confirmation" });
  });

  test("needs a session that lives, of an account that may be used", async () => {
    const suspended = await world.as(await world.account({ status: "suspended", ...confirmed }));
    expect(await ask(suspended)).toEqual({ ok: false, error: "signed_out" });
    await world.db.update(session).set({ endedAt: world.now() });
    expect(await ask()).toEqual({ ok: false, error: "signed_out" });
  });

  test("comes ten times a day and no more, however many systems there are", async () => {
    for (let i = 0; i < limits.accessRequests.points; i++)
      await asked(asAda, (await addRelyingParty(world.ctx, { roles: ["pegawai"] })).id);
    expect(await ask()).toEqual({ ok: false, error: "too_many" });
    world.moveClock(hours(23));
    const later = await world.as(ada);
    expect(await ask(later)).toEqual({ ok: false, error: "too_many" });
    world.moveClock(hours(1));
    expect(await ask(later)).toMatchObject({ ok: true });
  });
});

describe("a request for access", () => {
  test("can be taken back, once, and asked for anew", async () => {
    const requestId = await asked();
    expect(await withdrawAccessRequest(asAda, requestId)).toMatchObject({ ok: true });
    expect(await withdrawAccessRequest(asAda, requestId)).toEqual({ ok: false, error: "not_open" });
    expect((await world.events()).map(({ type }) => type)).toEqual([
      "access_request.opened",
      "access_request.withdrawn",
    ]);
    expect(await latestAccessRequest(world.ctx, ada.id, system.id)).toMatchObject({
      state: "withdrawn",
      decidedAt: world.now(),
    });
    await asked();
  });

  test("is taken back by nobody but whoever asked, and not once it is decided", async () => {
    const requestId = await asked();
    const ben = await world.as(await world.account(confirmed));
    expect(await withdrawAccessRequest(ben, requestId)).toEqual({ ok: false, error: "not_open" });
    expect(await withdrawAccessRequest(asAda, "x")).toEqual({ ok: false, error: "not_open" });
    await world.db.update(accessRequest).set({ state: "granted", decidedAt: world.now() });
    expect(await withdrawAccessRequest(asAda, requestId)).toEqual({ ok: false, error: "not_open" });
  });

  test("is listed with why it was refused, and of each system the latest only", async () => {
    const requestId = await asked();
    const refusalSealed = sealRefusal(world.ctx, requestId, "Tugas ini dijalankan oleh unit lain.");
    await world.db.update(accessRequest).set({ state: "refused", decidedAt: world.now(), refusalSealed });
    const refused = { id: requestId, state: "refused", refusal: "Tugas ini dijalankan oleh unit lain." };
    expect(await listAccessRequests(world.ctx, ada.id)).toMatchObject([refused]);
    world.moveClock(minutes(1));
    const again = await asked();
    expect(await listAccessRequests(world.ctx, ada.id)).toMatchObject([{ id: again, state: "open", refusal: null }]);
    expect(await latestAccessRequest(world.ctx, ada.id, system.id)).toMatchObject({ id: again });
    expect(await latestAccessRequest(world.ctx, (await world.account(confirmed)).id, system.id)).toBeNull();
  });
});
