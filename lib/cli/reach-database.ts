import { joinEmbedded } from "#db/embedded.ts";
import { type Config, settle } from "#lib/server/config.ts";
import { readConfig } from "#lib/server/start/read-config.ts";

/** The database a command speaks to, and who owns it. */
export type Reached = {
  config: Config;
  /** What the application connects with; null where only the owner's address is known. */
  databaseUrl: string | null;
  ownerUrl: string;
  release: () => Promise<void>;
};

/**
 * The configured database; else the embedded one of the data folder, beside a portal that runs on it or started for the while.
 * Rejects with a plain message where it cannot be reached.
 */
export async function reachDatabase(): Promise<Reached> {
  const config = readConfig(process.env, "operator");
  const owner = config.ownerUrl ?? config.databaseUrl;
  if (owner !== null)
    return { config: settle(config), databaseUrl: config.databaseUrl, ownerUrl: owner, release: async () => undefined };
  const { appUrl, ownerUrl, stop } = await joinEmbedded(config.dataDir);
  return { config: settle({ ...config, databaseUrl: appUrl, ownerUrl }), databaseUrl: appUrl, ownerUrl, release: stop };
}
