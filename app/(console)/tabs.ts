import { type Grant, type Right, rights } from "#lib/office/roles/rights.ts";

/** What the consoles are divided into, in the order of their tabs, and the right that opens each. */
const tabs = {
  accounts: { href: "/helpdesk", right: "account.view" },
  work: { href: "/helpdesk/work", right: "case.answer" },
  campaigns: { href: "/admin/campaigns", right: "campaign.view" },
  admin: { href: "/admin", right: "admin.view" },
  insights: { href: "/admin/insights", right: "insights.view" },
  audit: { href: "/admin/audit", right: "audit.read" },
} as const satisfies Record<string, { href: `/${string}`; right: Right }>;
export type ConsoleTab = keyof typeof tabs;

/** The tabs that are open to whoever holds these roles. */
export const consoleTabs = (grants: readonly Pick<Grant, "role">[]): { tab: ConsoleTab; href: string }[] =>
  (Object.keys(tabs) as ConsoleTab[])
    .filter((tab) => grants.some(({ role }) => (rights[tabs[tab].right] as readonly string[]).includes(role)))
    .map((tab) => ({ tab, href: tabs[tab].href }));
