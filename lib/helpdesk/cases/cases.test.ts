import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { helpdeskCase } from "#db/schema/profile.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { listActivity } from "#lib/account/activity/list-activity.ts";
import { readEnding } from "#lib/account/open-case.ts";
import { listCorrections } from "#lib/account/profile/list-corrections.ts";
import { requestIdentity, requestName, requestOffice } from "#lib/account/profile/request-correction.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { canonical } from "#lib/kernel/identity-number.ts";
import { hours } from "#lib/kernel/time.ts";
import { reportEvent } from "#lib/recovery/lock/report-event.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addGrant, anyReason as reason } from "#lib/testing/officer.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";
import { decideRequest } from "../two-officers/decide-request.ts";
import { answerReport } from "./answer-report.ts";
import { approveTransfer } from "./approve-transfer.ts";
import { proposeCorrection } from "./propose-correction.ts";
import { refuseCorrection } from "./refuse-correction.ts";

const PASSWORD = "Teh-Tarik-Kurang-Manis-7";
const NEW_NAME = "Aisyah Contoh @ Rekaan";
const NEW_NUMBER = fixtureIdentity(120_000);

let world: World;
let owner: WorldAccount;
beforeEach(async () => {
  world = await newWorld();
  owner = await world.account({ password: PASSWORD });
});

async function filed<T extends { ok: boolean }>(asking: Promise<T>): Promise<string> {
  const asked = (await asking) as unknown as { value?: { reference: string }; error?: string };
  if (!asked.value) throw new Error(`Not filed: ${asked.error}`);
  return asked.value.reference;
}
const caseNow = async (reference: string) => {
  const [found] = await world.db.select().from(helpdeskCase).where(eq(helpdeskCase.reference, reference));
  if (!found) throw new Error("There is no such case");
  return found;
};
const askForName = async () => filed(requestName(await world.as(owner), { fullName: NEW_NAME }));
const askForNumber = async (identity = NEW_NUMBER) =>
  filed(requestIdentity(await world.as(owner), { identity, why: "wrong_number" }));

/** The owner asks for another office, which has an SA of its own. */
async function transfer() {
  const receiving = await world.anotherOffice();
  const reference = await filed(requestOffice(await world.as(owner), { officeId: receiving.id }));
  return { reference, receiving, sa: await world.officer("sa", { officeId: receiving.id }) };
}

describe("a transfer", () => {
  test("is made by the office the person goes to, which confirms them by it, and the old one is kept", async () => {
    const { reference, receiving, sa } = await transfer();
    expect(await approveTransfer(sa.ctx, reference, reason)).toEqual({ ok: true, value: null });
    expect(await world.reload(owner)).toMatchObject({ officeId: receiving.id, staffConfirmedAt: world.now() });
    const ended = await caseNow(reference);
    expect(ended).toMatchObject({ state: "approved", decidedBy: sa.account.id, endedAt: world.now() });
    expect(readEnding(world.ctx, ended).former).toBe(world.office.id);
    const mail = (await drainMail(world.asSystem())).find(({ subject }) => subject.includes("Pembetulan diluluskan"));
    expect(mail?.text).toContain(reference);
    expect(mail?.text).toContain("Meja Bantuan, Cawangan Utara");
  });

  test("does not exist for a third office, and the office they leave does not decide on it", async () => {
    const { reference } = await transfer();
    const leaving = await world.officer("ap");
    expect(await approveTransfer(leaving.ctx, reference, reason)).toEqual({ ok: false, error: "not_found" });
    expect(await world.events("access.refused")).toHaveLength(1);
    expect((await caseNow(reference)).state).toBe("open");
  });

  test("takes more than the helpdesk, and somebody above the person", async () => {
    const { reference, receiving } = await transfer();
    const helpdesk = await world.officer("helpdesk", { officeId: receiving.id });
    expect(await approveTransfer(helpdesk.ctx, reference, reason)).toEqual({ ok: false, error: "not_found" });
    await addGrant(world.ctx, owner.id, { role: "sa", officeId: world.office.id });
    const sa = await world.officer("sa", { officeId: receiving.id });
    expect(await approveTransfer(sa.ctx, reference, reason)).toEqual({ ok: false, error: "outranked" });
  });

  test("ends the roles that were held for the office that is left", async () => {
    await addGrant(world.ctx, owner.id, { role: "helpdesk", officeId: world.office.id });
    const { reference, sa } = await transfer();
    await approveTransfer(sa.ctx, reference, reason);
    const held = await world.db.select().from(roleGrant).where(eq(roleGrant.accountId, owner.id));
    expect(held).toMatchObject([{ state: "ended", endedBy: sa.account.id }]);
  });

  test("of fifty officers at once is decided by one, whichever way", async () => {
    const { reference, receiving } = await transfer();
    const officers = await Promise.all(
      Array.from({ length: 5 }, () => world.officer("sa", { officeId: receiving.id })),
    );
    const all = await Promise.all(
      officers.flatMap(({ ctx }) =>
        Array.from({ length: 10 }, (_, n) =>
          n % 2 === 0 ? approveTransfer(ctx, reference, reason) : refuseCorrection(ctx, reference, reason),
        ),
      ),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(all.filter((one) => !one.ok && one.error === "not_open")).toHaveLength(49);
    const decided = [...(await world.events("case.approved")), ...(await world.events("case.refused"))];
    expect(decided).toHaveLength(1);
  });
});

describe("another name", () => {
  test("is theirs once two officers agree, and not before", async () => {
    const reference = await askForName();
    const [first, second] = [await world.officer("sa"), await world.officer("ap")];
    const proposed = await proposeCorrection(first.ctx, reference, reason);
    if (!proposed.ok) throw new Error(proposed.error);
    expect((await world.reload(owner)).fullName).toBe(owner.fullName);
    expect(await decideRequest(first.ctx, proposed.value.requestId, { approve: true, reason })).toMatchObject({
      error: "own_request",
    });
    expect(await decideRequest(second.ctx, proposed.value.requestId, { approve: true, reason })).toMatchObject({
      ok: true,
    });
    expect((await world.reload(owner)).fullName).toBe(NEW_NAME);
    const ended = await caseNow(reference);
    expect(ended).toMatchObject({ state: "approved", decidedBy: second.account.id });
    expect(readEnding(world.ctx, ended).former).toBe(owner.fullName);
  });

  test("that a second officer does not agree to stays as it was, and may be proposed again", async () => {
    const reference = await askForName();
    const [first, second] = [await world.officer("sa"), await world.officer("ap")];
    const proposed = await proposeCorrection(first.ctx, reference, reason);
    if (!proposed.ok) throw new Error(proposed.error);
    await decideRequest(second.ctx, proposed.value.requestId, { approve: false, reason });
    expect((await caseNow(reference)).state).toBe("open");
    expect((await proposeCorrection(first.ctx, reference, reason)).ok).toBe(true);
    expect(await proposeCorrection(second.ctx, reference, reason)).toEqual({ ok: false, error: "already_open" });
  });

  test("that is refused says why to its owner, and a second officer has nothing to decide any more", async () => {
    const reference = await askForName();
    const [first, second] = [await world.officer("sa"), await world.officer("ap")];
    const proposed = await proposeCorrection(first.ctx, reference, reason);
    if (!proposed.ok) throw new Error(proposed.error);
    expect((await refuseCorrection(second.ctx, reference, reason)).ok).toBe(true);
    expect(await listCorrections(world.ctx, owner.id, "name")).toMatchObject([{ state: "refused", answer: reason }]);
    expect((await caseNow(reference)).answerSealed).not.toContain(reason);
    const late = await decideRequest(second.ctx, proposed.value.requestId, { approve: true, reason });
    expect(late).toEqual({ ok: false, error: "not_open" });
    expect((await world.reload(owner)).fullName).toBe(owner.fullName);
  });

  test("that its owner has taken back is not made, though two officers agree", async () => {
    const reference = await askForName();
    const [first, second] = [await world.officer("sa"), await world.officer("ap")];
    const proposed = await proposeCorrection(first.ctx, reference, reason);
    if (!proposed.ok) throw new Error(proposed.error);
    await world.db.update(helpdeskCase).set({ state: "withdrawn" });
    expect(await decideRequest(second.ctx, proposed.value.requestId, { approve: true, reason })).toEqual({
      ok: false,
      error: "case_not_open",
    });
    expect((await world.reload(owner)).fullName).toBe(owner.fullName);
  });

  test("is no matter for one officer alone, nor a transfer for two", async () => {
    const reference = await askForName();
    const ap = await world.officer("ap");
    expect(await approveTransfer(ap.ctx, reference, reason)).toEqual({ ok: false, error: "not_transfer" });
    const { reference: moving, sa } = await transfer();
    expect(await proposeCorrection(sa.ctx, moving, reason)).toEqual({ ok: false, error: "one_officer" });
  });
});

describe("another identity number", () => {
  const agree = async (reference: string) => {
    const [first, second] = [await world.officer("sa"), await world.officer("ap")];
    const proposed = await proposeCorrection(first.ctx, reference, reason);
    if (!proposed.ok) throw new Error(proposed.error);
    return decideRequest(second.ctx, proposed.value.requestId, { approve: true, reason });
  };

  test("signs its owner in from then on, and the old one nobody; it is kept with the case", async () => {
    const reference = await askForNumber();
    expect(await agree(reference)).toMatchObject({ ok: true });
    const row = await world.reload(owner);
    expect(unsealIdentity(world.ctx, row)).toEqual(NEW_NUMBER);
    expect(readEnding(world.ctx, await caseNow(reference)).former).toBe(canonical(owner.identity));
    const browser = world.asBrowser({ ip: "198.51.100.1" });
    expect((await signInWithPassword(browser, owner, PASSWORD)).ok).toBe(false);
    expect((await signInWithPassword(browser, { ...owner, identity: NEW_NUMBER }, PASSWORD)).ok).toBe(true);
  });

  test("that somebody else has by then is not given, and the case stays open", async () => {
    const reference = await askForNumber();
    await world.account({ identity: NEW_NUMBER });
    expect(await agree(reference)).toEqual({ ok: false, error: "identity_taken" });
    expect((await caseNow(reference)).state).toBe("open");
    expect(unsealIdentity(world.ctx, await world.reload(owner))).toEqual(owner.identity);
  });

  test("of a closed account is free", async () => {
    await world.account({ identity: NEW_NUMBER, status: "closed" });
    expect(await agree(await askForNumber())).toMatchObject({ ok: true });
  });

  test("is not agreed to four hours later", async () => {
    const reference = await askForNumber();
    const [first, second] = [await world.officer("sa"), await world.officer("ap")];
    const proposed = await proposeCorrection(first.ctx, reference, reason);
    if (!proposed.ok) throw new Error(proposed.error);
    world.moveClock(hours(4));
    expect(await decideRequest(second.ctx, proposed.value.requestId, { approve: true, reason })).toMatchObject({
      error: "expired",
    });
  });
});

describe("a report", () => {
  test("is closed with a note by the helpdesk of its office, once", async () => {
    const here = await world.as(owner);
    await requestName(here, { fullName: NEW_NAME });
    const { lines } = await listActivity(here);
    const reference = await filed(reportEvent(here, lines[0]?.id ?? 0, "Bukan saya."));
    const elsewhere = await world.officer("helpdesk", { officeId: (await world.anotherOffice()).id });
    expect(await answerReport(elsewhere.ctx, reference, reason)).toEqual({ ok: false, error: "not_found" });
    const helpdesk = await world.officer("helpdesk");
    expect(await refuseCorrection((await world.officer("sa")).ctx, reference, reason)).toMatchObject({
      error: "not_correction",
    });
    expect(await answerReport(helpdesk.ctx, reference, reason)).toEqual({ ok: true, value: null });
    expect(await answerReport(helpdesk.ctx, reference, reason)).toEqual({ ok: false, error: "not_open" });
    expect(readEnding(world.ctx, await caseNow(reference)).answer).toBe(reason);
    expect(await world.events("case.closed")).toHaveLength(1);
  });

  test("with a reference that is nobody's, or none at all, is not found and recorded", async () => {
    const helpdesk = await world.officer("helpdesk");
    for (const reference of ["K-0000-0000", "' or 1=1", ""])
      expect(await answerReport(helpdesk.ctx, reference, reason)).toEqual({ ok: false, error: "not_found" });
    expect(await world.events("access.refused")).toHaveLength(3);
  });
});
