import { randomBytes } from "node:crypto";
import { connect } from "#db/client.ts";
import { enqueue } from "#lib/mail/enqueue.ts";

/**
 * A process of its own that owes letters and then lingers, to be killed by its test: `node owe-letters.ts URL ACCOUNT_ID TO HOW_MANY`.
 * Says "committed" once they are.
 */
const [url = "", accountId = "", to = "", howMany = "1"] = process.argv.slice(2);
const ctx = { now: () => new Date(), random: randomBytes };
const about = { from: "Chrome pada Windows", at: ctx.now().toISOString() };

await connect(url).transaction(async (tx) => {
  for (let n = 0; n < Number(howMany); n += 1)
    await enqueue(tx, ctx, { kind: "account_activated", accountId, to, about });
});
process.stdout.write("committed\n");
setInterval(() => {}, 1_000);
