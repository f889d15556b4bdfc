import { eq, sql } from "drizzle-orm";
import { campaign } from "#db/schema/campaign.ts";
import { AskedForLetter } from "#emails/asked-for.tsx";
import type { Context } from "#lib/kernel/context.ts";
import { NOTICE_LIFETIME } from "../letters.ts";
import type { Composed, Kind, Owed } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/** Those that wait in the offices where an account is an AP, or everywhere for an administrator; not its own. */
const waitingFor = (accountId: string, campaignId: string, now: Date) => sql<{ waiting: number }>`
  select count(*)::int as "waiting" from move_request q join account a on a.id = q.account_id
  where q.campaign_id = ${campaignId} and q.state = 'open' and q.requested_by <> ${accountId} and q.account_id <> ${accountId}
    and exists (select from role_grant g where g.account_id = ${accountId} and g.state = 'active' and g.from_at <= ${now}
      and (g.until_at is null or g.until_at > ${now}) and (g.role = 'administrator' or g.role = 'ap' and g.office_id = a.office_id))`;

/** How many requests wait for its reader to decide, and where. Moot once none does, or they decide nothing any more. */
export const requestsWait: Kind<"requests_wait"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, owed) {
    const { account, about } = owed;
    const { rows } = await ctx.db.execute(waitingFor(account.id, about.campaignId, ctx.now()));
    const waiting = Number(rows[0]?.waiting ?? 0);
    return waiting === 0 ? "moot" : compose(ctx, owed, "requestsWait", { waiting });
  },
};

/** Something its reader prepared was not confirmed; why stands with it in the portal. */
export const requestsRefused: Kind<"requests_refused"> = {
  lifetime: NOTICE_LIFETIME,
  compose: (ctx, owed) => compose(ctx, owed, "requestsRefused", { waiting: 0 }),
};

async function compose(
  ctx: Context,
  { account, to, about, agency, language }: Owed<"requests_wait" | "requests_refused">,
  place: "requestsWait" | "requestsRefused",
  facts: { waiting: number },
): Promise<Composed | "moot"> {
  if (account.status !== "activated" || account.officialEmail.toLowerCase() !== to.toLowerCase()) return "moot";
  const [known] = await ctx.db.select().from(campaign).where(eq(campaign.id, about.campaignId));
  if (!known) return "moot";
  const t = translator(language);
  const of = { ...facts, campaign: language === "ms" ? known.nameMs : known.nameEn };
  const path = `/admin/campaigns/${known.id}/requests`;
  return {
    subject: t(`${place}.subject`, of),
    letter: (
      <AskedForLetter
        frame={frameOf(language, agency)}
        preview={t(`${place}.preview`, of)}
        heading={t(`${place}.heading`, of)}
        greeting={t("greeting", { name: account.fullName })}
        happened={t(`${place}.happened`, of)}
        next={t(`${place}.next`)}
        button={{
          words: t(`${place}.button`),
          href: `${ctx.origin}${path}${place === "requestsRefused" ? "?show=decided" : ""}`,
        }}
        plainLink={{ title: t("linkTitle"), text: t("linkText") }}
        who={{ title: t("whoTitle"), text: t(`${place}.who`) }}
        notYou={{ title: t("notYouTitle"), text: t(`${place}.notYou`), call: callHelpdesk(t("worried"), agency) }}
      />
    ),
  };
}
