import type { Right } from "#lib/office/roles/rights.ts";
import { rights } from "#lib/office/roles/rights.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CAMPAIGNS_PATH, campaignPath, TOKENS_PATH } from "./paths.ts";

type Part = { below: string; right: Right };

/** The pages of one campaign, in their order, and the right that opens each. */
const parts = {
  board: { below: "", right: "campaign.view" },
  people: { below: "/people", right: "campaign.view" },
  requests: { below: "/requests", right: "move.request" },
  runs: { below: "/runs", right: "campaign.view" },
  sessions: { below: "/sessions", right: "campaign.view" },
  edit: { below: "/edit", right: "admin.view" },
} as const satisfies Record<string, Part>;
export type CampaignPart = keyof typeof parts;

/** What stands beside the campaigns themselves. */
const tops = {
  campaigns: { below: CAMPAIGNS_PATH, right: "campaign.view" },
  tokens: { below: TOKENS_PATH, right: "token.view" },
} as const satisfies Record<string, Part>;

/** Between the campaigns and the token register: for the pages that are of no one campaign. */
export async function CampaignsNav({ here }: { here: keyof typeof tops }) {
  const t = await getTranslations("campaignBoard.nav");
  return <PartsNav label={t("all")} of={tops} here={here} root="" />;
}

/** Between the parts of one campaign: first thing on each of its pages, below the heading. */
export async function CampaignNav({ campaignId, here }: { campaignId: string; here: CampaignPart }) {
  const t = await getTranslations("campaignBoard.nav");
  return <PartsNav label={t("one")} of={parts} here={here} root={campaignPath(campaignId)} />;
}

type PartsNavProps = {
  label: string;
  of: Partial<Record<CampaignPart | keyof typeof tops, Part>>;
  here: string;
  root: string;
};

/** Those whose right the officer's session has; their pages ask again. */
async function PartsNav({ label, of, here, root }: PartsNavProps) {
  const [t, session] = await Promise.all([getTranslations("campaignBoard.nav"), currentSession()]);
  const held = session?.grants ?? [];
  const open = (Object.entries(of) as [CampaignPart, Part][]).filter(([, { right }]) =>
    held.some(({ role }) => (rights[right] as readonly string[]).includes(role)),
  );
  return (
    <nav className="parts-nav" aria-label={label}>
      <ul>
        {open.map(([part, { below }]) => (
          <li key={part}>
            <a href={`${root}${below}`} aria-current={part === here ? "page" : undefined}>
              {t(part)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
