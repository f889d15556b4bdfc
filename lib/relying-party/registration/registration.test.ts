import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { consent, relyingParty, relyingPartySession } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import {
  addRelyingPartyRole,
  addRelyingPartySession,
  addRelyingParty as putRelyingParty,
} from "#lib/testing/relying-party.ts";
import { addRelyingParty } from "./add-relying-party.ts";
import { changeRelyingParty } from "./change-relying-party.ts";
import { declareRole, renameRole, retireRole } from "./declare-roles.ts";
import { findByClientId, listRelyingParties, readRelyingParty } from "./list-relying-parties.ts";
import { type Parsed, parseRegistration } from "./parse/parse-registration.ts";
import { MOST_ROLES } from "./registration.ts";
import { disableRelyingParty, enableRelyingParty } from "./switch-relying-party.ts";

let world: World;
let administrator: Awaited<ReturnType<World["officer"]>>;
let operator: Context;
beforeEach(async () => {
  world = await newWorld();
  administrator = await world.officer("administrator");
  operator = { ...world.ctx, actor: { kind: "operator" } };
});

const refused = (error: string) => ({ ok: false, error });
const changed = { ok: true, value: { changed: true } };
const unchanged = { ok: true, value: { changed: false } };

function wanted(more: object = {}): Parsed {
  const given = { name: "Cuti", redirectUris: ["https://cuti.contoh.example.gov.my/callback"], ...more };
  const parsed = parseRegistration(given, { loopback: false });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}
async function added(more: object = {}, ctx: Context = operator) {
  const outcome = await addRelyingParty(ctx, wanted(more));
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value;
}
const at = (relyingPartyId: string, version: number | null = null) => ({ relyingPartyId, version });
const openSessions = async () =>
  (await world.db.select().from(relyingPartySession)).filter(({ endedAt }) => endedAt === null).map(({ id }) => id);

const role = { key: "penyedia", nameMs: "Penyedia", nameEn: "Preparer" };

describe("a relying party", () => {
  test("is registered with its roles by an administrator or an operator, and recorded without its secret", async () => {
    const { relyingPartyId, clientId, clientSecret } = await added({ roles: [role] }, administrator.ctx);
    expect(clientId).toMatch(/^cuti-[\da-f]{8}$/);
    expect(await findByClientId(world.ctx, clientId)).toBe(relyingPartyId);
    expect(await readRelyingParty(world.ctx, relyingPartyId)).toMatchObject({
      name: "Cuti",
      version: 1,
      hasLogo: false,
      roles: [{ ...role, retiredAt: null }],
    });
    const events = await world.events();
    expect(events.map(({ type }) => type)).toEqual(["relying_party.added", "relying_party.secret_made"]);
    expect(JSON.stringify(events)).not.toContain(clientSecret);
    expect(await addRelyingParty(operator, wanted({ name: "Aset" }))).toMatchObject({ ok: true });
  });

  test("is nobody else’s to register or to change", async () => {
    const { relyingPartyId } = await added();
    for (const ctx of [(await world.officer("ap")).ctx, (await world.officer("auditor")).ctx]) {
      expect(await addRelyingParty(ctx, wanted({ name: "Aset" }))).toEqual(refused("not_found"));
      expect(await changeRelyingParty(ctx, at(relyingPartyId, 1), wanted().registration)).toEqual(refused("not_found"));
      expect(await disableRelyingParty(ctx, at(relyingPartyId, 1))).toEqual(refused("not_found"));
      expect(await declareRole(ctx, at(relyingPartyId, 1), role)).toEqual(refused("not_found"));
    }
    expect(await addRelyingParty(world.ctx, wanted({ name: "Aset" }))).toEqual(refused("signed_out"));
    expect(await listRelyingParties(world.ctx)).toHaveLength(1);
  });

  test("asks for a fresh proof first", async () => {
    world.moveClock(1_000_000 as never);
    expect(await addRelyingParty(administrator.ctx, wanted())).toEqual(refused("step_up"));
  });

  test("is called like no other, whatever the case; of eight who register one name at once, one does", async () => {
    const outcomes = await Promise.all(
      ["Cuti", "CUTI", "cuti", "Cuti", "Cuti", "cuTi", "Cuti", "Cuti"].map((name) =>
        addRelyingParty(operator, wanted({ name })),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual(Array(7).fill(refused("system_name_taken")));
    const { relyingPartyId } = await added({ name: "Aset" });
    expect(await changeRelyingParty(operator, at(relyingPartyId), wanted({ name: "cuti" }).registration)).toEqual(
      refused("system_name_taken"),
    );
  });

  test.each([
    ["another number of spaces", "Cuti  Staf"],
    ["a space that does not break", "Cuti\u00a0Staf"],
    ["wide letters", "Ｃｕｔｉ Staf"],
    ["a Cyrillic letter", "\u0421uti St\u0430f"],
    ["a Greek letter", "Cuti S\u03c4af"],
    ["an accent", "Cutí Staf"],
  ])("is not called like another one but for %s", async (_, name) => {
    await added({ name: "Cuti Staf" });
    expect(await addRelyingParty(operator, wanted({ name }))).toEqual(refused("system_name_taken"));
    expect(await addRelyingParty(operator, wanted({ name: "Cuti Stafs" }))).toMatchObject({ ok: true });
  });

  test("is changed with what was recorded beside what is; the same again changes nothing", async () => {
    const { relyingPartyId } = await added();
    const { registration } = wanted({ minimumLevel: "aal2", startUri: "https://cuti.contoh.example.gov.my/" });
    expect(await changeRelyingParty(administrator.ctx, at(relyingPartyId, 1), registration)).toEqual(changed);
    expect(await world.events("relying_party.changed")).toMatchObject([
      {
        data: {
          before: { minimumLevel: "aal1", startUri: null },
          after: { minimumLevel: "aal2", startUri: "https://cuti.contoh.example.gov.my/" },
        },
      },
    ]);
    expect(await changeRelyingParty(administrator.ctx, at(relyingPartyId, 2), registration)).toEqual(unchanged);
    expect(await readRelyingParty(world.ctx, relyingPartyId)).toMatchObject({ version: 2, minimumLevel: "aal2" });
  });

  test("that another has changed meanwhile is not written over", async () => {
    const { relyingPartyId } = await added();
    const outcomes = await Promise.all(
      ["aal2", "aal2-phr"].map((minimumLevel) =>
        changeRelyingParty(administrator.ctx, at(relyingPartyId, 1), wanted({ minimumLevel }).registration),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes).toContainEqual(refused("changed_meanwhile"));
    expect(await disableRelyingParty(administrator.ctx, at(relyingPartyId, 1))).toEqual(refused("changed_meanwhile"));
  });

  test("of eight who change the same version at once one does", async () => {
    const { relyingPartyId } = await added();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        changeRelyingParty(operator, at(relyingPartyId, 1), wanted({ owner: `Unit ${n}` }).registration),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toEqual([changed]);
    expect(await world.events("relying_party.changed")).toHaveLength(1);
  });

  test("that is none is not found", async () => {
    for (const id of ["x", "00000000-0000-4000-8000-000000000000"])
      expect(await changeRelyingParty(operator, at(id), wanted().registration)).toEqual(refused("not_found"));
    expect(await readRelyingParty(world.ctx, "x")).toBeNull();
  });

  test("that is disabled signs everybody out of it at once, and may be enabled again", async () => {
    const one = await putRelyingParty(world.ctx, { openToAll: true });
    const other = await putRelyingParty(world.ctx, { openToAll: true });
    const asAda = await world.as(await world.account());
    await addRelyingPartySession(world.ctx, asAda, one);
    const stays = await addRelyingPartySession(world.ctx, asAda, other);
    expect(await disableRelyingParty(operator, at(one.id))).toEqual({ ok: true, value: { changed: true, ended: 1 } });
    expect(await openSessions()).toEqual([stays.id]);
    expect(await world.events("relying_party.signed_out")).toMatchObject([{ data: { why: "disabled" } }]);
    expect(await disableRelyingParty(operator, at(one.id))).toMatchObject({ value: { changed: false } });
    expect(await enableRelyingParty(operator, at(one.id, 2))).toEqual(changed);
    expect(await enableRelyingParty(operator, at(one.id))).toEqual(unchanged);
    expect(await readRelyingParty(world.ctx, one.id)).toMatchObject({ disabledAt: null, version: 3 });
  });

  test("that is open to all no more signs out whoever holds no role of it", async () => {
    const { relyingPartyId: id } = await added({ openToAll: true, roles: [role] });
    const [ada, ben] = [await world.account({ staffConfirmed: true }), await world.account({ staffConfirmed: true })];
    const found = await readRelyingParty(world.ctx, id);
    await addRelyingPartyRole(world.ctx, ada, found?.roles[0] ?? { id: "" });
    const holds = await addRelyingPartySession(world.ctx, await world.as(ada), { id });
    await addRelyingPartySession(world.ctx, await world.as(ben), { id });
    await changeRelyingParty(operator, at(id), wanted({ openToAll: false }).registration);
    expect(await openSessions()).toEqual([holds.id]);
  });

  test("that is the agency’s no more signs out whoever has not agreed to what it is told", async () => {
    const { relyingPartyId: id } = await added({ openToAll: true });
    const [ada, ben] = [await world.account({ staffConfirmed: true }), await world.account({ staffConfirmed: true })];
    const agreed = await addRelyingPartySession(world.ctx, await world.as(ada), { id });
    await addRelyingPartySession(world.ctx, await world.as(ben), { id });
    const theirs = { relyingPartyId: id, givenAt: world.now() };
    await world.db.insert(consent).values([
      { id: randomUUID(), accountId: ada.id, scopes: ["openid", "profile", "email", "roles"], ...theirs },
      { id: randomUUID(), accountId: ben.id, scopes: ["openid"], ...theirs },
    ]);
    await changeRelyingParty(operator, at(id), wanted({ openToAll: true, ownedByAgency: false }).registration);
    expect(await openSessions()).toEqual([agreed.id]);
    expect(await world.events("relying_party.signed_out")).toMatchObject([{ data: { why: "not_agreed" } }]);
  });

  test("whose change leaves its key set as it is says that nothing changed", async () => {
    const key = { kty: "EC", crv: "P-256", x: "", y: "", kid: "1" } as const;
    const jwks = { keys: [{ y: key.y, x: key.x, kid: key.kid, crv: key.crv, kty: key.kty }] };
    const { id } = await putRelyingParty(world.ctx, { authMethod: "private_key_jwt", jwks, name: "Cuti" });
    const { registration } = wanted({ redirectUris: ["https://cuti.contoh.example.gov.my/callback"] });
    const same = { ...registration, authMethod: "private_key_jwt" as const, jwks: { keys: [key] } };
    expect(await changeRelyingParty(operator, at(id), same)).toEqual(unchanged);
  });
});

describe("a role of a relying party", () => {
  test("is one of a hundred at the most", async () => {
    const roles = Array.from({ length: MOST_ROLES - 1 }, (_, n) => ({ ...role, key: `peranan-${n}` }));
    const { relyingPartyId } = await added({ roles });
    expect(await declareRole(operator, at(relyingPartyId), role)).toMatchObject({ ok: true });
    expect(await declareRole(operator, at(relyingPartyId), { ...role, key: "lagi" })).toEqual(refused("roles_many"));
  });

  test("is declared once, renamed and retired; each is recorded and makes another version", async () => {
    const { relyingPartyId: id } = await added();
    const declared = await declareRole(administrator.ctx, at(id, 1), role);
    expect(declared).toMatchObject({ ok: true });
    const roleId = declared.ok ? declared.value.roleId : "";
    expect(await declareRole(administrator.ctx, at(id, 2), { ...role, key: "PENYEDIA" })).toEqual(
      refused("role_taken"),
    );
    const names = { nameMs: "Penyedia akaun", nameEn: "Preparer" };
    expect(await renameRole(administrator.ctx, at(id, 2), roleId, names)).toEqual(changed);
    expect(await renameRole(administrator.ctx, at(id, 3), roleId, names)).toEqual(unchanged);
    expect(await retireRole(administrator.ctx, at(id, 3), roleId, true)).toEqual(changed);
    expect(await retireRole(administrator.ctx, at(id, 3), roleId, false)).toEqual(refused("changed_meanwhile"));
    expect((await world.events("relying_party.changed")).map(({ data }) => data)).toMatchObject([
      { before: { role: null }, after: { role } },
      { before: { role: { key: "penyedia", nameMs: "Penyedia" } }, after: { role: { nameMs: "Penyedia akaun" } } },
      { before: { role: { retiredAt: null } }, after: { role: { key: "penyedia" } } },
    ]);
    const [row] = await world.db.select().from(relyingParty).where(eq(relyingParty.id, id));
    expect(row?.version).toBe(4);
  });

  test("that retires signs out whoever has no other, and comes back to those who hold it", async () => {
    const system = await putRelyingParty(world.ctx, { roles: ["penyedia", "penyemak"] });
    const [first, second] = system.roles as unknown as [{ id: string }, { id: string }];
    const [ada, ben] = [await world.account({ staffConfirmed: true }), await world.account({ staffConfirmed: true })];
    await addRelyingPartyRole(world.ctx, ada, first);
    await addRelyingPartyRole(world.ctx, ben, first);
    await addRelyingPartyRole(world.ctx, ben, second);
    await addRelyingPartySession(world.ctx, await world.as(ada), system);
    const stays = await addRelyingPartySession(world.ctx, await world.as(ben), system);
    expect(await retireRole(operator, at(system.id), first.id, true)).toEqual(changed);
    expect(await openSessions()).toEqual([stays.id]);
    expect(await world.events("relying_party.signed_out")).toMatchObject([{ data: { why: "no_access" } }]);
    expect(await retireRole(operator, at(system.id), first.id, false)).toEqual(changed);
  });

  test("of another relying party is not found", async () => {
    const [one, other] = [await putRelyingParty(world.ctx, { roles: ["a"] }), await putRelyingParty(world.ctx)];
    const roleId = one.roles[0]?.id ?? "";
    expect(await retireRole(operator, at(other.id), roleId, true)).toEqual(refused("not_found"));
    expect(await retireRole(operator, at(one.id), "x", true)).toEqual(refused("not_found"));
  });
});
