import { randomUUID } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { hardwareTokenEvent } from "#db/schema/hardware-token.ts";
import { dataExport } from "#db/schema/profile.ts";
import { accessRequest, consent } from "#db/schema/relying-party.ts";
import { session } from "#db/schema/session.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { openCase } from "#lib/account/open-case.ts";
import { changeMobile } from "#lib/account/profile/change-mobile.ts";
import { REQUEST_NOTE } from "#lib/account/read-request-words.ts";
import { sealNote } from "#lib/account/token-note.ts";
import { record } from "#lib/audit/record.ts";
import { passwordCredentialId } from "#lib/authenticators/password/credential-id.ts";
import { makeRecoveryCodes } from "#lib/authenticators/recovery-codes/make-recovery-codes.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { MobileNumber } from "#lib/kernel/mobile-number.ts";
import { seal } from "#lib/kernel/sealed.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { addToken } from "#lib/testing/hardware-token.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { enrolPasskey, phoneOf } from "#lib/testing/passkeys.ts";
import { addRelyingParty, addRelyingPartyRole, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { currentExport, takeExport } from "./current-export.ts";
import { makeExport } from "./make-export.ts";
import { requestExport } from "./request-export.ts";

const PASSWORD = "Teh-Tarik-Kurang-Manis-7";

async function ownerAtWork() {
  const world = await newWorld();
  const owner = await world.account({ password: PASSWORD });
  return { world, owner, ctx: await world.as(owner) };
}

async function readyExport(ctx: Context) {
  const current = await currentExport(ctx);
  if (current?.state !== "ready") throw new Error(`The copy is ${current?.state ?? "not there"}`);
  return current;
}

async function taken(ctx: Context) {
  const { id, size } = await readyExport(ctx);
  const copy = await takeExport(ctx, id);
  const text = gunzipSync(copy?.gzipped ?? "").toString();
  expect(Buffer.byteLength(text)).toBe(size);
  return { text, json: JSON.parse(text) };
}

/** So many events of somebody, as years of use leave them. */
const yearsOfUse = (world: World, accountId: string, events: number) =>
  world.db.execute(sql`insert into audit_event (at, type, outcome, account_id, actor_kind, data)
    select now(), 'sign_in.refused', 'refused', ${accountId}::uuid, 'nobody', jsonb_build_object('n', n) from generate_series(1, ${events}::int) n`);

describe("a copy of all data", () => {
  test("holds who the person is, what opens the account, where it was used and all that happened", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    await enrolPasskey(ctx, phoneOf(ctx));
    const proven = await world.as(owner, ["passkey_verified"]);
    await makeRecoveryCodes(proven, "");
    await world.db.transaction((tx) =>
      openCase(tx, proven, { accountId: owner.id, kind: "name", wanted: "Contoh Binti Teladan", reason: "Salah eja" }),
    );
    await changeMobile(proven, "+60120000000" as MobileNumber);
    expect(await requestExport(proven)).toEqual({ ok: true, value: null });
    const { json } = await taken(proven);
    expect(json).toMatchObject({
      portal: world.ctx.origin,
      identity: { type: "mykad", number: owner.identity.number },
      mobile: "+60120000000",
      account: { id: owner.id, officialEmail: owner.officialEmail, status: "activated" },
      office: { code: "0101", name: "Ibu Pejabat" },
      cases: [{ kind: "name", state: "open", wanted: "Contoh Binti Teladan", reason: "Salah eja" }],
      authenticators: { passkeys: [{ createdFrom: "Chrome pada Windows" }], authenticatorApp: null },
    });
    expect(json.authenticators.recoveryCodes).toHaveLength(10);
    expect(json.sessions).toHaveLength(2);
    expect(json.letters.map(({ to }: { to: string }) => to)).toContain(owner.officialEmail);
    expect(json.activity.map(({ type }: { type: string }) => type)).toEqual(
      (await world.events())
        .filter(({ accountId, type }) => accountId === owner.id && type !== "data_export.taken")
        .map(({ type }) => type),
    );
  });

  test("holds what the person may do in systems, asked for and agreed to, and where they signed in; of nobody else", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    const [requestId, grants] = [randomUUID(), { scopes: ["openid", "email"] }];
    const system = await addRelyingParty(world.ctx, { name: "Perakaunan", roles: ["penyedia"] });
    const [role] = system.roles;
    if (!role) throw new Error("No role");
    await addRelyingPartySession(world.ctx, ctx, system);
    const mine = { accountId: owner.id, relyingPartyId: system.id };
    await world.db.insert(consent).values({ id: randomUUID(), ...mine, ...grants, givenAt: world.now() });
    const noteSealed = seal(world.ctx.keys.sealing, world.ctx.random, "Tugas bayaran", REQUEST_NOTE, requestId);
    await world.db.insert(accessRequest).values({ id: requestId, ...mine, noteSealed, requestedAt: world.now() });
    const other = await world.account();
    for (const whose of [owner, other]) await addRelyingPartyRole(world.ctx, whose, role);
    await addRelyingPartySession(world.ctx, await world.as(other), system);

    await requestExport(ctx);
    const { systems, account } = (await taken(ctx)).json;
    expect(systems).toEqual({
      roles: [expect.objectContaining({ system: "Perakaunan", key: "penyedia", endedAt: null })],
      signIns: [
        expect.objectContaining({ system: "Perakaunan", scopes: ["openid", "profile", "email"], endedAt: null }),
      ],
      consents: [{ system: "Perakaunan", ...grants, givenAt: world.now().toISOString(), withdrawnAt: null }],
      accessRequests: [expect.objectContaining({ state: "open", note: "Tugas bayaran", refusal: null })],
    });
    expect(account).not.toHaveProperty("pairwiseSeed");
  });

  test("holds no secret, and nothing of anybody else", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    const other = await world.account({ password: PASSWORD });
    await addTotp(world.ctx, owner.id);
    const proven = await world.as(owner, ["password", "totp"]);
    const [password] = await world.db
      .select({ id: sql<string>`${sql.raw(passwordCredentialId)}` })
      .from(passwordCredential)
      .where(eq(passwordCredential.accountId, owner.id));
    const proofs = [{ factor: "password", at: world.ctx.now().toISOString(), credential: password?.id }];
    await world.db.update(session).set({ proofs }).where(eq(session.id, ctx.actor.sessionId));
    await requestExport(proven);
    const { text } = await taken(proven);
    expect(text).not.toMatch(/argon2|Sealed|Digest|\$v=19|secret"/);
    expect(text, "what was made of the password's hash").not.toContain(password?.id);
    expect(text).not.toContain(proven.sessionToken);
    expect(text).not.toContain(ctx.sessionToken);
    for (const theirs of [other.id, other.officialEmail, other.identity.number]) expect(text).not.toContain(theirs);
  });

  test("does not tell whether an address that was asked for is somebody else's", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    const other = await world.account();
    const shapes = [];
    for (const [n, mailbox] of [other.officialEmail, "bebas@contoh.example.gov.my"].entries()) {
      world.moveClock(minutes(5 + n));
      const here = await world.as(owner);
      await requestMailboxChange(here, "official", mailbox);
      await drainMail(world.asSystem());
      await requestExport(here);
      const { json } = await taken(here);
      const types = json.activity
        .map(({ type }: { type: string }) => type)
        .filter((type: string) => type.startsWith("mailbox"));
      shapes.push({
        letters: json.letters
          .map(({ kind }: { kind: string }) => kind)
          .filter((kind: string) => kind !== "security_change"),
        types,
      });
    }
    expect(shapes).toMatchObject([{ letters: [] }, { letters: [] }]);
    expect(shapes[1]?.types).toEqual([...(shapes[0]?.types ?? []), ...(shapes[0]?.types ?? [])]);
    expect(shapes[0]?.types).not.toEqual([]);
    expect(ctx.actor.accountId).toBe(owner.id);
  });

  test("does not say which officer did something, nor from where", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    const officer = await world.account();
    const counter = { ip: "203.0.113.99", device: "Safari pada iPad" };
    const atCounter = await world.as(officer);
    await world.db.transaction((tx) =>
      record(
        tx,
        { ...atCounter, request: { ...atCounter.request, ...counter } },
        { type: "session.ended", accountId: owner.id, sessionId: ctx.actor.sessionId, why: "officer" },
      ),
    );
    await requestExport(ctx);
    const { text, json } = await taken(ctx);
    expect(json.activity.filter(({ by }: { by: string }) => by === "somebody_else")).toHaveLength(1);
    for (const theirs of [officer.id, "203.0.113.99", "Safari pada iPad"]) expect(text).not.toContain(theirs);
  });

  test("holds the hardware tokens somebody was handed, with what they wrote of them and no officer's note", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    const sa = await world.officer("sa");
    const token = await addToken(world.ctx, { holderId: owner.id, serial: "GPKI-0001" });
    await addToken(world.ctx, { holderId: sa.account.id, serial: "GPKI-0002" });
    const line = { tokenId: token.id, at: world.now(), state: "lost", holderId: owner.id } as const;
    const noted = (byId: string, note: string) => ({ ...line, byId, noteSealed: sealNote(ctx, note, token.id) });
    await world.db.insert(hardwareTokenEvent).values([
      { ...noted(owner.id, "Tercicir"), move: "report_lost" },
      { ...noted(sa.account.id, "Kotor"), move: "return", receipt: "R-0000-0001" },
    ]);
    await requestExport(ctx);
    const { hardwareTokens } = (await taken(ctx)).json;
    expect(hardwareTokens).toMatchObject([
      {
        serial: "GPKI-0001",
        custody: [{ note: null }, { note: "Tercicir" }, { note: null, receipt: "R-0000-0001" }],
      },
    ]);
  });

  test("lies in the database unreadable, and goes half an hour later", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    await requestExport(ctx);
    const [row] = await world.db.select().from(dataExport);
    expect(() => gunzipSync(row?.body ?? "")).toThrow();
    expect(row?.body?.includes(owner.officialEmail)).toBe(false);
    const { id } = await readyExport(ctx);
    world.moveClock(minutes(29.9));
    expect(await takeExport(ctx, id)).not.toBeNull();
    world.moveClock(minutes(0.1));
    expect(await takeExport(ctx, id)).toBeNull();
    expect(await currentExport(ctx)).toBeNull();
  });

  test("is nobody else's, whatever id is asked for", async () => {
    const { world, ctx } = await ownerAtWork();
    await requestExport(ctx);
    const { id } = await readyExport(ctx);
    const stranger = await world.as(await world.account());
    expect(await currentExport(stranger)).toBeNull();
    expect(await takeExport(stranger, id)).toBeNull();
    expect(await takeExport(world.ctx, id)).toBeNull();
    for (const asked of ["", "1", "../x", `${id}0`, id.toUpperCase()]) expect(await takeExport(ctx, asked)).toBeNull();
    expect(await world.events("data_export.taken")).toEqual([]);
  });

  test("takes the place of an earlier one, is told to the owner, and each taking is recorded", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    await requestExport(ctx);
    const first = await readyExport(ctx);
    world.moveClock(minutes(2));
    await requestExport(ctx);
    const second = await readyExport(ctx);
    expect(second.id).not.toBe(first.id);
    expect(await takeExport(ctx, first.id)).toBeNull();
    await takeExport(ctx, second.id);
    expect(await world.db.select().from(dataExport)).toMatchObject([{ takenAt: world.now() }]);
    expect(await world.events("data_export.taken")).toMatchObject([
      { accountId: owner.id, data: { exportId: second.id } },
    ]);
    expect((await world.mails()).map(({ about }) => about)).toMatchObject([
      { change: "data_exported" },
      { change: "data_exported" },
    ]);
  });

  test("is made five times a day, of any number asked for at once", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    const answers = await Promise.all(Array.from({ length: 12 }, () => requestExport(ctx)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    expect(await world.db.select().from(dataExport)).toHaveLength(1);
    expect(await requestExport(ctx)).toEqual({ ok: false, error: "too_many" });
    world.moveClock(days(1));
    expect(await requestExport(await world.as(owner))).toMatchObject({ error: "too_many" });
  });
});

describe("of an account with years of use", () => {
  test("it is made in the background, every event once and in order", async () => {
    const { world, owner, ctx } = await ownerAtWork();
    await yearsOfUse(world, owner.id, 6_001);
    await requestExport(ctx);
    expect(await currentExport(ctx)).toMatchObject({ state: "making" });
    const [row] = await world.db.select().from(dataExport).where(eq(dataExport.accountId, owner.id));
    await Promise.all([makeExport(world.asSystem(), row?.id ?? ""), makeExport(world.asSystem(), row?.id ?? "")]);
    const { json } = await taken(ctx);
    const counted = json.activity.flatMap(({ data }: { data: { n?: number } }) =>
      data.n === undefined ? [] : [data.n],
    );
    expect(counted).toEqual(Array.from({ length: 6_001 }, (_, n) => n + 1));
  });
});

test("every table that holds something about a person is in the copy, or it is said here why not", async () => {
  const notInIt: Record<string, string> = {
    activation_ceremony: "a browser's half hour after a mailed link: gone within a day, its link is in the copy",
    caller_check: "a call of some minutes: gone within a month, what became of it is in the activity",
    data_export: "the copy itself",
    hardware_token_event: "in the copy, with its token",
    campaign_letter: "that a letter was owed: the letter is in the copy",
    campaign_person: "how far a move has come, counted from what is in the copy",
    invitation: "that a letter was owed: the letter is in the copy",
    move_request: "what was asked and decided is in the activity; the notes are the agency's own record",
    officer_action: "what was done is in the activity; an officer's note to it is the agency's own record",
    officer_request: "what was asked and decided is in the activity; the notes are the agency's own record",
    sign_in_ceremony: "a sign-in under way: gone within a day, what became of it is in the activity",
    staff_difference:
      "what the agency's register says, until somebody has looked at it: its decision is in the activity",
    staff_import_row: "a line of the agency's file: gone once it is applied",
    staff_leaver: "what the agency's register says of a post: what came of it is in the activity",
    totp_enrolment: "a secret that is not confirmed yet: gone within a day",
  };
  const inIt = [
    "access_request",
    "account_ict_role",
    "activation_link",
    "audit_event",
    "consent",
    "device",
    "email_code",
    "enrolment_ticket",
    "google_link",
    "hardware_token",
    "helpdesk_case",
    "letter",
    "mailbox_change",
    "onsite_place",
    "passkey",
    "password_credential",
    "password_reset",
    "recovery",
    "recovery_code",
    "recovery_code_set",
    "relying_party_role_grant",
    "relying_party_session",
    "role_grant",
    "security_answer",
    "security_phrase",
    "session",
    "totp_credential",
    "transaction_approval",
    "undo_link",
  ];
  const { db } = await newWorld();
  const { rows } = await db.execute<{ name: string }>(
    sql`select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name in ('account_id', 'holder_id')`,
  );
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...Object.keys(notInIt), ...inIt].toSorted());
});
