import { campaignPerson } from "#db/schema/campaign.ts";
import type { addCampaign } from "./campaign.ts";
import type { AccountWanted, World, WorldAccount } from "./new-world.ts";

type Campaign = Awaited<ReturnType<typeof addCampaign>>;
type PersonWanted = Partial<typeof campaignPerson.$inferInsert> & { account?: AccountWanted };

/**
 * People of a campaign's first phase who have everything before them but a verified mailbox, where nothing else is said; as
 * they stand in its picture, whatever their accounts say. In the order of their ids, as a run takes them.
 */
export async function addCampaignPeople(
  world: World,
  campaign: Campaign,
  howMany: number,
  { account, ...wanted }: PersonWanted = {},
): Promise<WorldAccount[]> {
  const people: WorldAccount[] = [];
  for (let n = 0; n < howMany; n += 1) people.push(await world.account(account));
  const phaseId = campaign.phases[0]?.id ?? null;
  await world.db.insert(campaignPerson).values(
    people.map(({ id }) => ({
      campaignId: campaign.id,
      accountId: id,
      officeId: world.office.id,
      phaseId,
      state: "under_way" as const,
      missing: ["second_factor" as const],
      heldUpBy: "second_factor" as const,
      enteredAt: world.now(),
      checkedAt: world.now(),
      ...wanted,
    })),
  );
  return people.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
