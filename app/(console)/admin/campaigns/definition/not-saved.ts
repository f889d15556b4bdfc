import { notFound } from "next/navigation";
import { type CampaignDefinition, findCampaign } from "#lib/campaign/definition/find-campaign.ts";
import type { Context } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../../refused.ts";
import type { AdminState } from "../../admin-state.ts";
import { conflictOf } from "../../conflict.ts";

type NotSaved<Field extends string> = {
  campaignId: string;
  path: string;
  error: string;
  values: Record<Field, string>;
  /** The field that a refusal of the whole is said at. */
  at: Field;
  /** A field by its name on the page, what another has saved there, and what was filled in. */
  rows: (now: CampaignDefinition) => readonly { what: string; theirs: string; yours: string }[];
};

/** What a form of the definition shows when it was not saved; whoever has to go elsewhere first is led there. */
export async function notSaved<Field extends string>(
  ctx: Context,
  { campaignId, path, error, values, at, rows }: NotSaved<Field>,
): Promise<AdminState<Field>> {
  if (isOfWhoAsks(error)) return refusedAt(error, path, values);
  const { language } = ctx.request;
  const now = (await findCampaign(ctx, campaignId)) ?? notFound();
  const kept = { ...values, version: String(now.version) };
  if (error === "changed_meanwhile") {
    const conflict = conflictOf(language, null, rows(now));
    return { values: kept, errors: {}, conflict } as AdminState<Field>;
  }
  const refusals: Readonly<Record<string, string>> = messages[language].campaigns.refusals;
  return { values: kept, errors: { [at]: refusals[error] ?? error } } as AdminState<Field>;
}
