import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { consent, relyingParty } from "#db/schema/relying-party.ts";
import { session } from "#db/schema/session.ts";
import type { Factor, Proof } from "#lib/assurance/assurance.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, type System as Registered } from "#lib/testing/oidc-at-work.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { ASKED_LANGUAGE_COOKIE, LANGUAGE_COOKIE, languageOf } from "#lib/text/languages.ts";
import { findOnTheWay } from "./find-on-the-way.ts";
import { findSystemOfPath } from "./find-system.ts";
import { giveConsent } from "./give-consent.ts";
import { noteRefusal } from "./note-refusal.ts";
import { turnBack } from "./turn-back.ts";

let world: World;
let ada: WorldAccount;
let oidc: OidcAtWork;

beforeEach(async () => {
  world = await newWorld();
  ada = await world.account({ staffConfirmed: true });
  oidc = await oidcAtWork(world);
});
afterEach(() => oidc[Symbol.asyncDispose]());

/** Somebody comes from a system and is led to the portal's page; `resume` leads them on. */
async function arrive(system: Registered, as?: SignedIn, params?: Record<string, string>) {
  const { url } = await oidc.beginning(system, params);
  const landed = await oidc.ask(url, as ? { as } : {});
  const path = landed.location?.pathname ?? "";
  if (!path.startsWith("/interaction/")) throw new Error(`${landed.status} ${landed.location}`);
  const uid = path.slice("/interaction/".length);
  const resume = async (by = as) =>
    (await oidc.ask(`/oidc/auth/${uid}`, { cookies: landed.cookies, ...(by && { as: by }) })).location;
  return { uid, path, resume };
}

async function proofsOf(by: SignedIn): Promise<Proof[]> {
  const [row] = await world.db.select().from(session).where(eq(session.id, by.actor.sessionId));
  return (row?.proofs ?? []) as Proof[];
}

const look = async (uid: string, by: SignedIn | null, held: string | undefined = uid) =>
  findOnTheWay(by ?? oidc.ctx, { uid, held }, by && { accountId: by.actor.accountId, proofs: await proofsOf(by) });

async function prove(by: SignedIn, ...factors: Factor[]): Promise<void> {
  const more = factors.map((factor): Proof => ({ factor, at: world.now().toISOString() }));
  const kept = (await proofsOf(by)).filter(({ factor }) => !factors.includes(factor));
  await world.db
    .update(session)
    .set({ proofs: [...kept, ...more] })
    .where(eq(session.id, by.actor.sessionId));
}

describe("the page between a system and the portal says", () => {
  test("to sign in, and to go on once somebody is; the provider then gives a code", async () => {
    const { uid, path, resume } = await arrive(await oidc.system({ name: "Perakaunan" }));
    expect(await look(uid, null)).toMatchObject({
      next: { step: "sign_in" },
      system: { name: "Perakaunan" },
      person: null,
    });
    expect(await findSystemOfPath(oidc.ctx, path)).toMatchObject({ name: "Perakaunan" });
    const asAda = await world.as(ada);
    expect(await look(uid, asAda)).toMatchObject({ next: { step: "go_on" } });
    expect((await resume(asAda))?.searchParams.get("code")).toBeTruthy();
    expect(await look(uid, asAda)).toEqual({ kept: null, system: null, person: null, next: { step: "expired" } });
    expect(await findSystemOfPath(oidc.ctx, path)).toBeNull();
  });

  test("nothing of a request that nobody made, that is none, or whose hour is over", async () => {
    const { uid, path } = await arrive(await oidc.system());
    for (const none of ["", "x".repeat(21), `${uid}x`]) expect((await look(none, null)).next.step).toBe("expired");
    for (const elsewhere of [null, "/home", "/interaction/", `${path}/x`, `/x${path}`])
      expect(await findSystemOfPath(oidc.ctx, elsewhere)).toBeNull();
    world.moveClock(minutes(60));
    expect((await look(uid, null)).next.step).toBe("expired");
  });

  test("nothing in another browser than the one in which the system asked", async () => {
    const { uid } = await arrive(await oidc.system());
    const { uid: other } = await arrive(await oidc.system());
    expect((await look(uid, null)).next.step).toBe("sign_in");
    for (const held of ["", other]) expect((await look(uid, await world.as(ada), held)).next.step).toBe("expired");
  });

  test("what is missing for the level that the system asks, and what the provider then takes", async () => {
    const ben = await world.account({ staffConfirmed: true, password: true });
    const asBen = await world.as(ben, ["password"]);
    const { uid, resume } = await arrive(await oidc.system({ minimumLevel: "aal2" }), asBen);
    expect((await look(uid, asBen)).next).toEqual({ step: "enrol", level: "aal2" });
    await addTotp(world.ctx, ben.id);
    expect((await look(uid, asBen)).next).toEqual({ step: "step_up", why: "too_weak", level: "aal2", since: null });
    await prove(asBen, "totp");
    expect((await look(uid, asBen)).next).toEqual({ step: "go_on" });
    expect((await resume())?.searchParams.has("code")).toBe(true);
  });

  test.each([{ prompt: "login" }, { max_age: "0" }, { max_age: "60" }])(
    "to prove it anew where the system asks how long ago (%o), and no further once that is done",
    async (params) => {
      const asAda = await world.as(ada, ["password"]);
      world.moveClock(minutes(2));
      const { uid, resume } = await arrive(await oidc.system(), asAda, params);
      expect((await look(uid, asAda)).next).toMatchObject({ step: "step_up", why: "too_old", level: "aal1" });
      world.moveClock(seconds(40));
      await prove(asAda, "password");
      world.moveClock(seconds(90));
      expect((await look(uid, asAda)).next).toEqual({ step: "go_on" });
      expect((await resume())?.searchParams.has("code")).toBe(true);
    },
  );

  test("why the system is not open to somebody, once in the trail for a request however often it is looked at", async () => {
    const asAda = await world.as(ada);
    const system = await oidc.system({ openToAll: false, roles: ["penyedia"], name: "Perakaunan" });
    const { uid } = await arrive(system, asAda);
    const { next, kept } = await look(uid, asAda);
    expect(next).toEqual({ step: "no_access", why: "no_role" });
    const since = kept?.startedAt ?? world.now();
    const note = (reason: "no_role" | "disabled") => noteRefusal(asAda, system, { reason, since });
    await note("no_role");
    await note("no_role");
    await note("disabled");
    expect(await world.events("relying_party.refused")).toMatchObject([
      { accountId: ada.id, outcome: "refused", data: { system: "Perakaunan", reason: "no_role" } },
      { data: { reason: "disabled" } },
    ]);
    await world.db.update(accounts).set({ staffConfirmedAt: null });
    expect((await look(uid, asAda)).next).toMatchObject({ why: "awaiting_confirmation" });
    await world.db.update(relyingParty).set({ disabledAt: world.now() });
    expect((await look(uid, asAda)).next).toMatchObject({ why: "disabled" });
  });

  test("that another person is meant, by the token or the claim that names one", async () => {
    const [asAda, asBen] = [await world.as(ada), await world.as(await world.account({ staffConfirmed: true }))];
    const system = await oidc.system({ subjectType: "pairwise" });
    const tokens = await oidc.signIn(system, asAda);
    const sub = tokens.claims()?.sub ?? "";
    const wishes: Record<string, string>[] = [
      { id_token_hint: tokens.id_token ?? "" },
      { claims: JSON.stringify({ id_token: { sub: { value: sub } } }) },
    ];
    for (const wish of wishes) {
      const { uid } = await arrive(system, asBen, wish);
      expect((await look(uid, asBen)).next).toEqual({ step: "other_person" });
      expect((await look(uid, asAda)).next).toEqual({ step: "go_on" });
    }
  });
});

describe("the language that a system asks for", () => {
  const kept = async (ui_locales?: string) => {
    const { url } = await oidc.beginning(await oidc.system(), ui_locales === undefined ? {} : { ui_locales });
    const { cookies } = await oidc.ask(url);
    return cookies.find((each) => each.startsWith(`${ASKED_LANGUAGE_COOKIE}=`))?.split(/[=;]/)[1];
  };

  test("is kept for a browser that has chosen none: the first of those we have", async () => {
    expect(await kept("zh-Hant en-GB ms")).toBe("en");
    expect(await kept("ms-MY")).toBe("ms");
    for (const none of [undefined, "", "zh ta", "english"]) expect(await kept(none)).toBeUndefined();
  });

  test("gives way to what the person chose", () => {
    const browser = (cookies: Record<string, string>) => languageOf((name) => cookies[name]);
    expect(browser({})).toBe("ms");
    expect(browser({ [ASKED_LANGUAGE_COOKIE]: "en" })).toBe("en");
    expect(browser({ [ASKED_LANGUAGE_COOKIE]: "en", [LANGUAGE_COOKIE]: "ms" })).toBe("ms");
    expect(browser({ [ASKED_LANGUAGE_COOKIE]: "<b>", [LANGUAGE_COOKIE]: "xx" })).toBe("ms");
  });
});

describe("turning back", () => {
  test("tells the system access_denied, signed in or not", async () => {
    const system = await oidc.system();
    const { uid, resume } = await arrive(system);
    await turnBack(oidc.ctx, uid, { system, step: "sign_in" });
    expect((await look(uid, null)).next).toEqual({ step: "go_on" });
    const told = (await resume())?.searchParams;
    expect(told?.get("error")).toBe("access_denied");
    expect(told?.get("state")).toBeTruthy();
    expect(await world.events("relying_party.refused")).toEqual([]);
  });

  test("of a request that is over does nothing", async () => {
    const system = await oidc.system();
    const { uid } = await arrive(system);
    world.moveClock(minutes(60));
    await turnBack(oidc.ctx, uid, { system, step: "sign_in" });
    expect((await look(uid, null)).next).toEqual({ step: "expired" });
  });
});

describe("agreeing that a system of others is told something", () => {
  const others = { ownedByAgency: false, name: "Tempahan" } as const;

  test("is asked once for what it wants, and again for what comes on top", async () => {
    const asAda = await world.as(ada);
    const system = await oidc.system(others);
    const { uid, resume } = await arrive(system, asAda, { scope: "openid profile" });
    expect((await look(uid, asAda)).next).toEqual({ step: "consent", scopes: ["openid", "profile"] });
    const agreed = { relyingPartyId: system.id, system: system.name };
    expect(await giveConsent(asAda, { ...agreed, scopes: ["openid", "profile"] })).toMatchObject({ ok: true });
    expect((await look(uid, asAda)).next).toEqual({ step: "go_on" });
    expect((await resume())?.searchParams.has("code")).toBe(true);
    await oidc.signIn(system, asAda, { scope: "openid profile" });

    const more = await arrive(system, asAda, { scope: "openid email" });
    expect((await look(more.uid, asAda)).next).toEqual({ step: "consent", scopes: ["openid", "email"] });
    await Promise.all([1, 2, 3].map(() => giveConsent(asAda, { ...agreed, scopes: ["openid", "email"] })));
    const [given, ...none] = await world.db.select().from(consent);
    expect(none).toEqual([]);
    expect(given?.scopes.toSorted()).toEqual(["email", "openid", "profile"]);
    expect((await world.events("consent.given"))[0]).toMatchObject({ accountId: ada.id, data: { system: "Tempahan" } });
  });

  test("is asked anew where the system wishes so, and not of systems of the agency", async () => {
    const asAda = await world.as(ada);
    const system = await oidc.system(others);
    const scopes = ["openid", "profile", "email", "roles"];
    await giveConsent(asAda, { relyingPartyId: system.id, system: system.name, scopes });
    world.moveClock(seconds(1));
    const { uid, resume } = await arrive(system, asAda, { prompt: "consent" });
    expect((await look(uid, asAda)).next).toEqual({ step: "consent", scopes });
    world.moveClock(seconds(1));
    await giveConsent(asAda, { relyingPartyId: system.id, system: system.name, scopes });
    expect((await look(uid, asAda)).next).toEqual({ step: "go_on" });
    expect((await resume())?.searchParams.has("code")).toBe(true);
    await oidc.signIn(await oidc.system(), asAda, { prompt: "consent" });
  });

  test("can be refused, which stands in the trail", async () => {
    const asAda = await world.as(ada);
    const system = await oidc.system(others);
    const { uid, resume } = await arrive(system, asAda);
    await turnBack(asAda, uid, { system, step: "consent" });
    expect((await resume())?.searchParams.get("error")).toBe("access_denied");
    expect(await world.events("relying_party.refused")).toMatchObject([{ data: { reason: "consent_denied" } }]);
    expect(await world.db.$count(consent)).toBe(0);
    await turnBack(asAda, uid, { system, step: "step_up" });
    expect(await world.events("relying_party.refused")).toHaveLength(1);
  });

  test("takes a session that lives", async () => {
    const asAda = await world.as(ada);
    await world.db.update(session).set({ endedAt: world.now() });
    const agreed = { relyingPartyId: (await oidc.system(others)).id, system: "x", scopes: ["openid"] };
    expect(await giveConsent(asAda, agreed)).toEqual({ ok: false, error: "signed_out" });
  });
});
