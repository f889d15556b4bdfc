import type { Keyring } from "#lib/kernel/keyring.ts";
import { readBackup } from "#lib/server/backup/read-backup.ts";
import { loadKeyring } from "#lib/server/start/keys.ts";
import { readConfig } from "#lib/server/start/read-config.ts";
import type { ExitCode } from "./command.ts";
import { openCopy } from "./open-copy.ts";

const ofOrigin = {
  proven: "It was taken by this portal.",
  not_looked_at: "Whose it is was not looked at: the portal's keys are not here.",
  unsigned: "NOT SIGNED: it was taken without the portal's keys, and nothing proves whose it is.",
} as const;

/** `backup verify`: reads a copy to its end. Throws a plain message where it is not whole. */
export async function verifyCopy(file: string, identityFile: string, asJson: boolean): Promise<ExitCode> {
  const nothing = async (): Promise<void> => undefined;
  const { beginning, manifest, origin } = await readBackup(await openCopy(file, identityFile), keysIfHere(), {
    begin: nothing,
    piece: nothing,
  });
  const contents = Object.entries(manifest.contents).map(([name, { rows }]) => ({ name, rows }));
  const { takenAt, release, postgres } = beginning;
  if (asJson)
    console.log(JSON.stringify({ takenAt, release, postgres, origin, contents, auditHead: manifest.auditHead }));
  else {
    for (const { name, rows } of contents.filter(({ rows }) => rows > 0)) console.log(`  ${name.padEnd(28)} ${rows}`);
    console.log(`Whole. Taken at ${takenAt} by release ${release}, from PostgreSQL ${postgres}. ${ofOrigin[origin]}`);
  }
  return 0;
}

function keysIfHere(): Keyring | null {
  try {
    return loadKeyring(readConfig(process.env, "operator"), false);
  } catch {
    return null;
  }
}
