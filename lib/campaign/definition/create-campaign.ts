import { campaign, campaignLetterKinds, campaignText } from "#db/schema/campaign.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { type AdministerRefusal, administer } from "#lib/office/roles/administer.ts";
import { messages } from "#lib/text/messages.ts";
import type { About } from "./parse/parse-about.ts";
import { ALWAYS_REQUIRED } from "./parse/parse-whom.ts";

/** What a campaign begins with, until its administrator says otherwise. */
const asItBegins = {
  requirements: ["official_email", "mobile", ALWAYS_REQUIRED],
  remindDaysBefore: [14, 7, 1],
  quietWeekdays: [6, 7],
  quietDays: [],
} satisfies Partial<typeof campaign.$inferInsert>;

/** A campaign that nobody sees yet, with letters to start from in both languages. Its id. */
export async function createCampaign(
  ctx: Context,
  about: About,
): Promise<Result<{ campaignId: string }, AdministerRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await administer(tx, ctx);
    if (!may.ok) return may;
    const campaignId = uuidv7(ctx.now(), ctx.random);
    await tx.insert(campaign).values({
      id: campaignId,
      ...about,
      ...asItBegins,
      createdAt: ctx.now(),
      createdBy: may.value.accountId,
    });
    await tx.insert(campaignText).values(campaignLetterKinds.map((kind) => ({ campaignId, kind, ...firstText(kind) })));
    await record(tx, ctx, { type: "campaign.created", accountId: null, campaignId });
    return ok({ campaignId });
  });
}

/** What its letters say as long as nobody has written others. */
export function firstText(kind: (typeof campaignLetterKinds)[number]) {
  const ms = messages.ms.campaigns.firstTexts[kind];
  const en = messages.en.campaigns.firstTexts[kind];
  return { subjectMs: ms.subject, subjectEn: en.subject, bodyMs: ms.body, bodyEn: en.body };
}
