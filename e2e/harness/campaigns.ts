import { randomBytes, randomUUID } from "node:crypto";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, before, days } from "#lib/kernel/time.ts";
import { addCampaign, type CampaignWanted } from "#lib/testing/campaign.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { keysOf } from "./people.ts";

export type SettledCampaign = { id: string; roleId: string; untilDay: string };

/**
 * A campaign that runs in the portal, for whoever holds a role of a system of its own: these people. Their office is in its
 * one phase, which began ten days ago and goes on for 25. `tokens`: serials, each issued to the first of them.
 */
export async function settleCampaign(
  dataDir: string,
  people: readonly { id: string }[],
  { tokens = [], ...wanted }: CampaignWanted & { tokens?: readonly string[] } = {},
): Promise<SettledCampaign> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  const now = new Date();
  const ctx = { db, now: () => now, random: randomBytes, keys: keysOf(dataDir) } as unknown as Context;
  try {
    const { roles } = await addRelyingParty(ctx, {
      name: `Perakaunan ${randomUUID().slice(0, 8)}`,
      roles: ["pelulus"],
    });
    const [role] = roles;
    if (!role) throw new Error("The system has no role");
    for (const person of people) await addRelyingPartyRole(ctx, person, role);
    const ids = people.map(({ id }) => id);
    await db.$client.query("update account set staff_confirmed_at = now() where id = any($1)", [ids]);
    const { rows } = await db.$client.query<{ id: string }>(
      "select distinct office_id as id from account where id = any($1)",
      [ids],
    );
    const untilDay = dayOf(after(now, days(25)));
    const phases = [{ fromDay: dayOf(before(now, days(10))), untilDay, officeIds: rows.map(({ id }) => id) }];
    const { id } = await addCampaign(ctx, { phases, roleIds: [role.id], ...wanted });
    await db.$client.query(
      `insert into hardware_token (id, serial, medium, holder_id, state, state_since, created_at)
        select gen_random_uuid(), serial, 'usb_token', $1, 'issued', $3, $3 from unnest($2::text[]) serial`,
      [people[0]?.id, tokens, now],
    );
    return { id, roleId: role.id, untilDay };
  } finally {
    await db.$client.end();
  }
}
