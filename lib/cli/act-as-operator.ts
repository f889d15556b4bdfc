import { randomBytes } from "node:crypto";
import { connect } from "#db/client.ts";
import { readInForce } from "#lib/administration/settings/read-settings.ts";
import type { Context } from "#lib/kernel/context.ts";
import { overlaid } from "#lib/server/chosen/overlay.ts";
import type { Config } from "#lib/server/config.ts";
import { baseContext } from "#lib/server/request/base-context.ts";
import { loadKeyring } from "#lib/server/start/keys.ts";
import { reachDatabase } from "./reach-database.ts";

/**
 * Runs a command's work with a context that acts for the operator: on the portal's database, with its keys, as the role
 * that the portal itself connects as. Rejects with a plain message where database or keys cannot be reached.
 */
export async function actAsOperator<T>(work: (ctx: Context, config: Config) => Promise<T>): Promise<T> {
  const { config, databaseUrl, ownerUrl, release } = await reachDatabase();
  const url = databaseUrl ?? ownerUrl;
  const db = connect(url, { max: 2, stepDown: url === ownerUrl });
  try {
    const keys = loadKeyring(config, false);
    const { chosen } = await readInForce({ db, now: () => new Date() });
    const goesBy = overlaid(config, chosen);
    return await work(
      {
        ...baseContext({ db, keys, config: goesBy }),
        actor: { kind: "operator" },
        request: {
          id: randomBytes(12).toString("base64url"),
          ip: "127.0.0.1",
          device: "kunci",
          deviceToken: null,
          language: "ms",
        },
      },
      goesBy,
    );
  } finally {
    await db.$client.end();
    await release();
  }
}
