import { prepareDatabase } from "#lib/server/start/prepare-database.ts";
import { StartRefused } from "#lib/server/start/start-refused.ts";
import type { Command } from "./command.ts";
import { reachDatabase } from "./reach-database.ts";

/** PostgreSQL's code for what the role may not do. */
const NOT_ALLOWED = "42501";

export const migrate: Command = {
  summary: "bring the database to this version",
  help: `Usage: npm run kunci -- migrate

Applies what this version's schema has and the database has not, makes the role kunci_app and its rights, and prepares queues and
questions. It acts as the owner: DATABASE_OWNER_URL, else DATABASE_URL; without either, on the embedded database of KUNCI_DATA_DIR.
May be repeated, and run while older instances serve. Where DATABASE_URL is kunci_app's and that role cannot log in yet, it is let
in with the password there.`,
  options: [],
  run: async () => {
    const { ownerUrl, databaseUrl, release } = await reachDatabase();
    try {
      await prepareDatabase(ownerUrl, databaseUrl);
      console.log("The database is at this version.");
      return 0;
    } catch (fault) {
      const { code, message } = ((fault as Error).cause ?? fault) as { code?: unknown; message: string };
      if (code !== NOT_ALLOWED) throw fault;
      throw new StartRefused([`${message}. This takes the database's owner: set DATABASE_OWNER_URL (or its _FILE)`]);
    } finally {
      await release();
    }
  },
};
