import { randomBytes, randomUUID } from "node:crypto";
import { connect } from "#db/client.ts";
import { sendCampaignLetters } from "#lib/campaign/letters/send-campaign-letters.ts";
import type { Context } from "#lib/kernel/context.ts";

/**
 * A process of its own that sends a campaign's letters minute after minute, to be killed by its test in the middle of one:
 * `node send-campaign-letters.ts URL MOMENT A_MINUTE`. Says a line after each minute.
 */
const [url = "", moment = "", aMinute = "1"] = process.argv.slice(2);
const ctx = {
  db: connect(url),
  now: () => new Date(moment),
  random: randomBytes,
  actor: { kind: "system" },
  request: { id: randomUUID(), ip: "192.0.2.1", device: "", deviceToken: null, language: "ms" },
} as unknown as Context;

let owed: number | null;
do {
  owed = await sendCampaignLetters(ctx, Number(aMinute));
  process.stdout.write(`${owed}\n`);
} while (owed !== null);
