import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import pg from "pg";
import { demoOffices } from "#lib/server/demo/demo-people.ts";
import { bareEnvironment } from "../harness/portal.ts";

export type Office = { id: string; code: string; name: string };

/** `npm run kunci -- COMMAND` on this database. Answers what it printed; throws where it was not content. */
export function asOperator(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  folder = process.cwd(),
): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["lib/cli/kunci.ts", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...bareEnvironment(), NODE_ENV: "production", ...env },
  });
  if (status !== 0) throw new Error(`kunci ${args.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

/** `npm run build` in this checkout: at once where it is built already. */
export function buildIn(folder: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["lib/server/start/build-when-needed.ts"], {
    cwd: folder,
    encoding: "utf8",
    env: bareEnvironment(),
  });
  if (status !== 0) throw new Error(`The build of ${folder} failed: ${stdout}${stderr}`);
}

/** The migrate step of compose.yaml. */
export async function migrateAsOperator(
  { appUrl, ownerUrl }: { appUrl: string; ownerUrl: string },
  folder?: string,
): Promise<void> {
  asOperator(["migrate"], { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl }, folder);
}

/** Made-up offices, as an administrator would have entered them. */
export async function settleOffices(ownerUrl: string): Promise<Office[]> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const offices = demoOffices.map(({ code, name }) => ({ id: randomUUID(), code, name }));
    for (const { id, code, name } of offices)
      await client.query("insert into office (id, code, name) values ($1, $2, $3)", [id, code, name]);
    return offices;
  } finally {
    await client.end();
  }
}
