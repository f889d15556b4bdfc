import fs from "node:fs";
import { connect } from "#db/client.ts";
import { record } from "#lib/audit/record.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { makeIdentity, readRecipients, sealArchive } from "#lib/server/backup/archive/envelope.ts";
import { BackupRefused } from "#lib/server/backup/backup-refused.ts";
import { type Taken, takeBackup } from "#lib/server/backup/take-backup.ts";
import { mustBeFree, toStandardOutput, writeWhole } from "#lib/server/backup/write-whole.ts";
import type { Config } from "#lib/server/config.ts";
import { loadKeyring } from "#lib/server/start/keys.ts";
import type { Command, ExitCode } from "./command.ts";
import { operatorAtWork } from "./operator-at-work.ts";
import { reachDatabase } from "./reach-database.ts";
import { verifyCopy } from "./verify-copy.ts";

export const backup: Command = {
  summary: "copy the whole database, encrypted to public keys; look whether a copy is whole",
  help: `Usage: npm run kunci -- backup FILE --to RECIPIENT[,RECIPIENT…] [--json]
       npm run --silent kunci -- backup - --to RECIPIENT > FILE
       npm run kunci -- backup verify FILE --identity KEYFILE [--json]
       npm run kunci -- backup identity KEYFILE

backup    copies everything that was committed at one moment, while the portal goes on: rows, sequences, and what the queues owe. It is
          compressed and encrypted to the public keys of age (age1…); any one of their identities opens it. FILE must not be there yet,
          and is there only once it is whole. "-" writes to the standard output. It needs DATABASE_URL; with the portal's keys at hand
          the copy is signed, too. The keys are never in it: without KUNCI_KEYS nobody reads what is sealed in it, you neither.
verify    reads a copy to its end and says what is in it; changes nothing, needs no database. Ends with 1 where it is not whole.
identity  makes a new identity in KEYFILE (mode 0600) and prints the public key for --to. Keep the file away from this machine.

"age -d -i KEYFILE FILE | tar xz" opens a copy as well: kunci.json, a folder of pieces of each table as COPY writes them, manifest.json.`,
  options: ["--json"],
  valued: ["--to", "--identity"],
  operands: 2,
  run: async (options, { values, operands: [what, ...rest] }) => {
    const [to, identity] = [values.get("--to"), values.get("--identity")];
    const asJson = options.has("--json");
    if (what === "verify" && rest.length === 1 && identity && !to)
      return verifyCopy(rest[0] as string, identity, asJson);
    if (what === "identity" && rest.length === 1 && !identity && !to) return newIdentity(rest[0] as string);
    if (what !== undefined && rest.length === 0 && to && !identity) return take(what, to, asJson);
    console.error(`kunci: which file, and to whom?\n\n${backup.help}`);
    return 2;
  },
};

async function take(file: string, to: string, asJson: boolean): Promise<ExitCode> {
  const recipients = readRecipients(to);
  if (file !== "-") mustBeFree(file);
  const { config, databaseUrl, ownerUrl, release } = await reachDatabase();
  try {
    const keys = keysAtHand(config);
    const url = databaseUrl ?? ownerUrl;
    await noteInTrail(url, to.split(",").length);
    const begun = performance.now();
    let taken: Taken | undefined;
    const progress = reporter();
    const archive = takeBackup(
      { databaseUrl: url, release: config.version, keys, now: () => new Date(), onProgress: progress },
      (all) => {
        taken = all;
      },
    );
    const sealed = await sealArchive(archive, recipients);
    const bytes = file === "-" ? await toStandardOutput(sealed) : await writeWhole(file, sealed);
    if (!taken) throw new Error("The copy ended before it was whole");
    tell(taken, { file, bytes, seconds: (performance.now() - begun) / 1_000, signed: keys !== null }, asJson);
    return 0;
  } finally {
    await release();
  }
}

/** A copy may be taken where the keys are not; it says so, and so does who restores it. */
function keysAtHand(config: Config): Keyring | null {
  try {
    return loadKeyring(config, false);
  } catch (fault) {
    console.error(`kunci: the copy is not signed: ${(fault as Error).message}`);
    return null;
  }
}

/** Before the first byte leaves: whoever breaks it off has a part of it. A standby takes no events. */
async function noteInTrail(url: string, recipients: number): Promise<void> {
  const db = connect(url, { max: 1 });
  try {
    const { rows } = await db.execute<{ standby: boolean }>("select pg_is_in_recovery() as standby");
    if (rows[0]?.standby) return console.error("kunci: this is a standby, whose audit trail cannot tell of the copy");
    await db.transaction((tx) => record(tx, operatorAtWork(), { type: "backup.taken", accountId: null, recipients }));
  } finally {
    await db.$client.end();
  }
}

const SAID_EVERY = 10_000;

/** A line now and then, so that somebody who waits sees it move. */
function reporter(): (table: string, rows: number) => void {
  let said = performance.now();
  return (table, rows) => {
    if (performance.now() - said < SAID_EVERY) return;
    said = performance.now();
    console.error(`  ${table}: ${rows} rows`);
  };
}

type Outcome = { file: string; bytes: number; seconds: number; signed: boolean };

function tell({ beginning, manifest }: Taken, { file, bytes, seconds, signed }: Outcome, asJson: boolean): void {
  const rows = Object.values(manifest.contents).reduce((sum, each) => sum + each.rows, 0);
  // What goes to the standard output is the copy itself there.
  const say = file === "-" ? console.error : console.log;
  const { takenAt } = beginning;
  const told = { file, bytes, rows, takenAt, signed, auditHead: manifest.auditHead, seconds: Math.round(seconds) };
  const plain = `Copied ${rows} rows of ${beginning.tables.length} tables as they were at ${takenAt}: ${bytes} bytes in ${seconds.toFixed(1)} s.`;
  say(asJson ? JSON.stringify(told) : plain);
}

async function newIdentity(file: string): Promise<ExitCode> {
  const { identity, recipient } = await makeIdentity();
  try {
    fs.writeFileSync(file, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600, flag: "wx" });
  } catch (fault) {
    throw new BackupRefused(
      `${file} cannot be written (${(fault as NodeJS.ErrnoException).code}): an identity is never written over`,
    );
  }
  console.log(recipient);
  return 0;
}
