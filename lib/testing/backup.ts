import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { type Decrypter, Encrypter } from "age-encryption";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { after, days, hours } from "#lib/kernel/time.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { makeIdentity, openArchive, readIdentities, sealArchive } from "#lib/server/backup/archive/envelope.ts";
import { type Restored, type RestoreWanted, restoreBackup } from "#lib/server/backup/restore/restore-backup.ts";
import { type BackupWanted, type Taken, takeBackup } from "#lib/server/backup/take-backup.ts";
import type { World } from "./new-world.ts";
import { onDatabase, templateOf, withClient } from "./test-databases.ts";
import { addTotp } from "./totp.ts";

export type Copy = Taken & { file: Buffer; identity: string };

/** A copy of the world, encrypted to an identity of its own. */
export async function copyOf(world: World, wanted: Partial<BackupWanted> = {}): Promise<Copy> {
  const { identity, recipient } = await makeIdentity();
  const to = new Encrypter();
  to.addRecipient(recipient);
  let taken: Taken | undefined;
  const archive = takeBackup(
    { databaseUrl: world.appUrl, release: "0.1.0", keys: world.ctx.keys, now: world.now, ...wanted },
    (all) => {
      taken = all;
    },
  );
  const file = Buffer.concat((await (await sealArchive(archive, to)).toArray()) as Buffer[]);
  if (!taken) throw new Error("The copy is not whole");
  return { ...taken, file, identity };
}

/** A database with nobody in it, on the server of the tests; gone when the test has ended. `bare`: not even migrated. */
export async function emptyDatabase(world: World, bare = false): Promise<{ ownerUrl: string; pool: pg.Pool }> {
  const { run } = inject("postgres");
  const name = `kunci_test_${run}_${randomUUID()}`;
  const from = bare ? "template0" : templateOf(run);
  await withClient(world.ownerUrl, (client) => client.query(`create database "${name}" template "${from}"`));
  const ownerUrl = onDatabase(world.ownerUrl, name);
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  onTestFinished(async () => {
    await pool.end();
    await withClient(world.ownerUrl, (client) => client.query(`drop database if exists "${name}" with (force)`));
  });
  return { ownerUrl, pool };
}

const decrypterOf = (identity: string): Decrypter => readIdentities(identity);

/** Restores a copy there, as an operator does. */
export async function restoreInto(
  world: World,
  ownerUrl: string,
  { file, identity }: Pick<Copy, "file" | "identity">,
  wanted: Partial<RestoreWanted> = {},
): Promise<Restored> {
  return restoreBackup(await openArchive(Readable.from([file], { objectMode: false }), decrypterOf(identity)), {
    ...{ ownerUrl, databaseUrl: null, keys: world.ctx.keys, moved: false, evenUnsigned: false, evenBroken: false },
    doer: { ...world.ctx, actor: { kind: "operator" } },
    ...wanted,
  });
}

/** Rows as the pages and jobs of the portal find them usable: one of each kind that opens something. */
export async function fillWithWhatLives(world: World): Promise<void> {
  const account = await world.account();
  await addTotp(world.ctx, account.id);
  await world.as(account);
  const now = world.now();
  const insert = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    const places = names.map((_, n) => `$${n + 1}`);
    return world.owner.query(
      `insert into ${table} (${names.join(", ")}) values (${places.join(", ")})`,
      Object.values(row),
    );
  };
  const mine = () => ({ id: randomUUID(), account_id: account.id });
  const digest = () => ({ token_digest: randomUUID() });
  const mailed = {
    mailbox: account.officialEmail,
    code_digest: "-",
    requested_from: "Chrome",
    created_at: now,
    handed_over_at: now,
  };
  const later = after(now, hours(1));
  const link = { ...mine(), ...digest(), ...mailed, known_browser: true };
  await insert("activation_link", link);
  const opened = { link_id: link.id, started_at: now, expires_at: later };
  await insert("activation_ceremony", { ...mine(), ...digest(), ...opened });
  await insert("mailbox_change", { ...mine(), ...digest(), ...mailed, which: "personal" });
  await insert("password_reset", { ...mine(), ...digest(), created_at: now, expires_at: later });
  const recovery = { ...mine(), ...digest(), ...mailed, known_browser: true, started_at: now, ready_at: later };
  await insert("recovery", recovery);
  await insert("enrolment_ticket", {
    ...mine(),
    ...digest(),
    why: "recovery",
    recovery_id: recovery.id,
    code_digest: "-",
    created_at: now,
    expires_at: later,
  });
  await insert("caller_check", {
    ...mine(),
    officer_id: account.id,
    kind: "presence",
    started_at: now,
    expires_at: later,
  });
  await insert("officer_request", {
    ...mine(),
    ...{
      kind: "factor_reset",
      requested_by: account.id,
      reason_sealed: "-",
      requested_at: now,
      expires_at: later,
      state: "open",
    },
  });
  await insert("totp_enrolment", { ...mine(), session_id: randomUUID(), secret_sealed: "-", started_at: now });
  const ceremony = randomUUID();
  await insert("sign_in_ceremony", {
    id: ceremony,
    ...digest(),
    step: "prove",
    identity_index: "-",
    required: "aal1",
    proofs: "[]",
    started_at: now,
  });
  await insert("email_code", { ...mine(), ...mailed, ceremony_id: ceremony, known_browser: true });
  const system = { id: randomUUID(), client_id: "system", name: "Sistem Contoh", redirect_uris: [] };
  await insert("relying_party", { ...system, created_at: now });
  await insert("transaction_approval", {
    ...mine(),
    ...{ relying_party_id: system.id, identifier: "-", content_sealed: "-", digest: "-", role: "-" },
    ...{ state: "open", requested_at: now, expires_at: later },
  });
  for (const model of ["RefreshToken", "AuthorizationCode", "ReplayDetection"])
    await insert("oidc_record", { model, id_digest: randomUUID(), payload_sealed: "-", expires_at: later });
  await insert("invitation_round", { id: randomUUID(), state: "running", who: "never", total: 1, started_at: now });
  await world.db.transaction(async (tx) => {
    const letter = {
      kind: "account_activated",
      accountId: account.id,
      to: account.officialEmail,
      about: { from: "-", at: "-" },
    } as const;
    await enqueue(tx, world.ctx, letter);
    await enqueue(tx, world.ctx, letter, { notBefore: after(now, days(20_000)) });
  });
}
