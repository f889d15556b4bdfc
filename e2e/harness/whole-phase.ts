import { randomBytes, randomUUID } from "node:crypto";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { sendCampaignLetters } from "#lib/campaign/letters/send-campaign-letters.ts";
import { lookAtEverybody } from "#lib/campaign/people/look-at-everybody.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, before, days } from "#lib/kernel/time.ts";
import { exampleSystems } from "#lib/server/demo/example-systems/systems.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { keysOf } from "./people.ts";

export type Phase = { campaignId: string; officeCode: string; officeName: string };

async function inPortal<T>(dataDir: string, deed: (ctx: Context) => Promise<T>): Promise<T> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  const ctx = {
    db,
    now: () => new Date(),
    random: randomBytes,
    keys: keysOf(dataDir),
    actor: { kind: "system" },
    request: { id: randomUUID(), ip: null, device: null, deviceToken: null, language: "ms" },
  } as unknown as Context;
  try {
    return await deed(ctx);
  } finally {
    await db.$client.end();
  }
}

/**
 * An office that nobody works in yet, and a campaign whose one phase is its: for those who approve in the example system of
 * accounts. Everything that may be asked of them but a personal mailbox is.
 */
export const beginPhase = (dataDir: string): Promise<Phase> =>
  inPortal(dataDir, async (ctx) => {
    const run = randomUUID().slice(0, 4).toUpperCase();
    const office = { id: randomUUID(), code: `9${run}`, name: `Cawangan Contoh ${run}` };
    await ctx.db.$client.query("insert into office (id, code, name, address) values ($1, $2, $3, 'Jalan Contoh')", [
      office.id,
      office.code,
      office.name,
    ]);
    const { rows } = await ctx.db.$client.query<{ id: string }>(
      "select r.id from relying_party_role r join relying_party p on p.id = r.relying_party_id where p.client_id = $1 and r.key = 'pelulus'",
      [exampleSystems.perakaunan.clientId],
    );
    const now = ctx.now();
    const { id } = await addCampaign(ctx, {
      requirements: ["official_email", "mobile", "office_address", "second_factor", "ap_confirmation"],
      quietWeekdays: [],
      phases: [{ fromDay: dayOf(before(now, days(3))), untilDay: dayOf(after(now, days(20))), officeIds: [office.id] }],
      roleIds: rows.map((role) => role.id),
    });
    return { campaignId: id, officeCode: office.code, officeName: office.name };
  });

/**
 * What the portal does by the clock, now: everybody is looked at, and whoever is due is written to. Its own clock may have struck
 * since the phase began and found nobody, which counts as an invitation that went out; that it did is forgotten.
 */
export const letTheClockStrike = (dataDir: string, { campaignId }: Phase): Promise<void> =>
  inPortal(dataDir, async (ctx) => {
    await lookAtEverybody(ctx);
    await ctx.db.$client.query("delete from campaign_run where campaign_id = $1 and sent = 0", [campaignId]);
    await sendCampaignLetters(ctx, 600);
  });
