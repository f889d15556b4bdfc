import { APP_ROLE, type MigrateOptions, migrate } from "#db/migrate.ts";
import { prepareQueues } from "../jobs/prepare-queues.ts";
import { prepareBanks } from "./prepare-banks.ts";

/**
 * Brings a database to this version with everything the rooms put into it: tables, roles, queues, what people choose from. `databaseUrl` is
 * what the application connects with: where that is its own role and cannot log in yet, it is let in with that password.
 */
export async function prepareDatabase(ownerUrl: string, databaseUrl: string | null): Promise<void> {
  const { username, password } = new URL(databaseUrl ?? ownerUrl);
  const options: MigrateOptions = { prepare: [prepareQueues, prepareBanks] };
  if (username === APP_ROLE && password) options.appPassword = decodeURIComponent(password);
  await migrate(ownerUrl, options);
}
