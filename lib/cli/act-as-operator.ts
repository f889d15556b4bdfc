import { APP_ROLE, connect } from "#db/client.ts";
import { readInForce } from "#lib/administration/settings/read-settings.ts";
import type { Context } from "#lib/kernel/context.ts";
import { overlaid } from "#lib/server/chosen/overlay.ts";
import { lookAtClock } from "#lib/server/clock/follow-clock.ts";
import type { Config } from "#lib/server/config.ts";
import { followKeys } from "#lib/server/keys/follow-keys.ts";
import { baseContext } from "#lib/server/request/base-context.ts";
import { loadKeyring } from "#lib/server/start/keys.ts";
import { operatorAtWork } from "./operator-at-work.ts";
import { reachDatabase } from "./reach-database.ts";

/**
 * Runs a command's work with a context that acts for the operator: on the portal's database, with its keys, as the role
 * that the portal itself connects as. Rejects with a plain message where database or keys cannot be reached.
 */
export async function actAsOperator<T>(work: (ctx: Context, config: Config) => Promise<T>): Promise<T> {
  const { config, databaseUrl, ownerUrl, release } = await reachDatabase();
  const url = databaseUrl ?? ownerUrl;
  // An address that is the application's already may lead through a pooler, where nobody can step down.
  const db = connect(url, { max: 2, stepDown: url === ownerUrl && new URL(url).username !== APP_ROLE });
  let stop = async () => {};
  try {
    const keys = loadKeyring(config, false);
    // What a command writes, every instance must be able to read, and the other way round: it is one of them for the while.
    await lookAtClock(db);
    const following = await followKeys({ db, keys, works: false, turned: () => undefined, failed: () => undefined });
    stop = following.stop;
    const { chosen } = await readInForce({ db, now: () => new Date() });
    const goesBy = overlaid(config, chosen);
    return await work(
      // Its clock is the portal's, not this machine's.
      { ...operatorAtWork(), ...baseContext({ db, keys, config: goesBy }) },
      goesBy,
    );
  } finally {
    await stop();
    await db.$client.end();
    await release();
  }
}
