import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type pg from "pg";
import { letterMark } from "#lib/mail/bounces/letter-mark.ts";
import { parseKeyring } from "#lib/server/start/keys.ts";
import { postfixBounce } from "#lib/testing/bounces.ts";
import { dataDir } from "./fixtures.ts";
import { bareEnvironment } from "./portal.ts";

/** The newest letter of somebody comes back, as a mail that the operator's mail server pipes in. Answers what the command said. */
export async function bounceNewestLetter(
  database: pg.Pool,
  person: { id: string; officialEmail: string },
  failure: { status: string; diagnostic: string },
): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    "select id from letter where account_id = $1 order by created_at desc, id desc limit 1",
    [person.id],
  );
  const file = path.join(dataDir(), "keys.json");
  const mark = letterMark(parseKeyring(fs.readFileSync(file, "utf8"), file), rows[0]?.id ?? "");
  const letter = { to: person.officialEmail, headers: { "X-Kunci-Letter": mark } };
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "lib/cli/kunci.ts", "bounce", "-"],
    {
      input: postfixBounce(letter, failure),
      encoding: "utf8",
      env: { ...bareEnvironment(), KUNCI_DATA_DIR: dataDir() },
    },
  );
  if (status !== 0) throw new Error(`The bounce was not taken in: ${stderr}`);
  return stdout;
}
