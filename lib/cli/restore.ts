import type { Keyring } from "#lib/kernel/keyring.ts";
import { BackupRefused } from "#lib/server/backup/backup-refused.ts";
import { type Restored, restoreBackup } from "#lib/server/backup/restore/restore-backup.ts";
import type { Config } from "#lib/server/config.ts";
import { loadKeyring } from "#lib/server/start/keys.ts";
import type { Command } from "./command.ts";
import { openCopy } from "./open-copy.ts";
import { operatorAtWork } from "./operator-at-work.ts";
import { reachDatabase } from "./reach-database.ts";

export const restore: Command = {
  summary: "restore a copy into an empty database",
  help: `Usage: npm run kunci -- restore FILE --identity KEYFILE [--moved] [--json]
                                [--without-keys] [--unsigned] [--broken-trail]

Restores what kunci backup took ("-": from the standard input) into an empty database (DATABASE_OWNER_URL; without it the embedded one of
KUNCI_DATA_DIR), all of it or nothing, and brings it to this release. Put the portal's keys in place first (KUNCI_KEYS, KUNCI_KEYS_FILE,
or keys.json in the data folder). Row counts, digests, the signature and the audit trail are looked at before anything counts.

What was alive when the copy was taken may have been ended since, in the time that is lost. So all sessions, links, codes and waits end,
letters that were due are not sent, and rounds of letters are paused.

--moved         nothing happened since: the portal was stopped, copied, and goes on here. Nothing ends.
--without-keys  the keys come later: the portal stays closed until they are there, and audit verify is left to you
--unsigned      the copy was taken without keys: nothing proves that it is the portal's, take it all the same
--broken-trail  the trail was broken when the copy was taken, take it all the same
--json          prints { "takenAt", "rows", "sessionsEnded", "lettersNotSent", "roundsPaused", "jobs", "seals", "events", "seconds" }`,
  options: ["--json", "--moved", "--without-keys", "--unsigned", "--broken-trail"],
  valued: ["--identity"],
  operands: 1,
  run: async (options, { values, operands: [file] }) => {
    const identity = values.get("--identity");
    if (file === undefined || identity === undefined) {
      console.error(`kunci: which file, and by which identity?\n\n${restore.help}`);
      return 2;
    }
    const begun = performance.now();
    const archive = await openCopy(file, identity);
    const { config, ownerUrl, databaseUrl, release } = await reachDatabase();
    try {
      const restored = await restoreBackup(archive, {
        ...{ ownerUrl, databaseUrl, doer: operatorAtWork() },
        keys: options.has("--without-keys") ? null : keysOf(config),
        moved: options.has("--moved"),
        evenUnsigned: options.has("--unsigned"),
        evenBroken: options.has("--broken-trail"),
        onProgress: reporter(),
      });
      tell(restored, (performance.now() - begun) / 1_000, options.has("--json"));
      return restored.trail?.broken ? 1 : 0;
    } finally {
      await release();
    }
  },
};

function keysOf(config: Config): Keyring {
  try {
    return loadKeyring(config, false);
  } catch (fault) {
    throw new BackupRefused(
      `The portal's keys are needed to look at what is restored, and are kept apart from it: put them in place (or --without-keys, and the portal stays closed until you do). ${(fault as Error).message}`,
    );
  }
}

const SAID_EVERY = 10_000;

function reporter(): (content: string) => void {
  let said = performance.now();
  return (content) => {
    if (performance.now() - said < SAID_EVERY) return;
    said = performance.now();
    console.error(`  ${content}`);
  };
}

function tell({ beginning, rows, ended, jobs, trail, origin }: Restored, seconds: number, asJson: boolean): void {
  const { takenAt } = beginning;
  if (asJson) {
    const all = {
      sessionsEnded: ended?.sessions ?? 0,
      lettersNotSent: ended?.letters ?? 0,
      roundsPaused: ended?.rounds ?? 0,
    };
    const looked = { seals: trail?.seals ?? null, events: trail?.events ?? null, broken: trail?.broken ?? null };
    console.log(JSON.stringify({ takenAt, rows, origin, ...all, jobs, ...looked, seconds: Math.round(seconds) }));
    return;
  }
  console.log(
    `Restored ${rows} rows as they were at ${takenAt}, in ${seconds.toFixed(1)} s. Row counts and digests are those of the copy.`,
  );
  if (ended)
    console.log(
      `${ended.sessions} sessions, and all links and codes, are ended; ${ended.letters} letters that were due are not sent; ${ended.rounds} rounds of letters are paused.`,
    );
  if (trail?.broken)
    console.log(`BROKEN  The audit trail is not as it was sealed, from seal ${trail.broken.seal} on (audit verify).`);
  else if (trail) console.log(`The audit trail is as it was sealed: ${trail.events} events in ${trail.seals} seals.`);
  else console.log("The audit trail was NOT looked at. Put the keys in place and run: npm run kunci -- audit verify");
  console.log(
    "What was done after the copy is lost: suspensions, locks and removed passkeys too. See docs/operate.md, Back up and restore.",
  );
}
