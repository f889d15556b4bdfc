import type { Policy } from "#lib/kernel/context.ts";
import type { Colour } from "../look/colours.ts";

/** How people sign in, and whether they may register. */
export type PolicySettings = Pick<Policy, "passwordPolicy" | "twoFactors" | "registration"> & {
  /** What the consoles ask for; never below what the configuration says. */
  consoleAssurance: "aal2" | "aal2-phr";
};

/** Domains of official mailboxes, for every office without some of its own. */
export type DomainSettings = { emailDomains: readonly string[] };

/** Whose portal it is, and how it looks. */
export type LookSettings = {
  nameMs: string;
  nameEn: string;
  address: string;
  helpdeskPhone: string;
  helpdeskEmail: string;
  colour: Colour;
  /** Digest of the crest that was uploaded; null: the configuration's, or the portal's own mark. */
  crest: string | null;
};

/** What administrators choose, by the page they choose it on. */
export type Settings = { policy: PolicySettings; domains: DomainSettings; look: LookSettings };
export type SettingsPage = keyof Settings;
export const settingsPages = ["policy", "domains", "look"] as const satisfies readonly SettingsPage[];

/** What was chosen over the configuration; what is not here follows it. */
export type Chosen = { [Page in SettingsPage]: Partial<Settings[Page]> };

/** Who changed a page of settings last, and which version that made: 0 and null where nobody has. */
export type Changed = { version: number; at: Date; by: string | null } | { version: 0; at: null; by: null };

/** The settings in force: the configuration's, with what was chosen over them. */
export const over = <Page extends SettingsPage>(
  configured: Settings[Page],
  chosen: Partial<Settings[Page]>,
): Settings[Page] => ({ ...configured, ...chosen });

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The names of those that differ. */
export const differences = <T extends object>(before: T, after: T): (keyof T & string)[] =>
  (Object.keys(after) as (keyof T & string)[]).filter((name) => !isSame(before[name], after[name]));

/** What is to be kept so that the configuration with it gives `wanted`: only what differs, so that the rest follows. */
export function worthKeeping<T extends object>(configured: T, wanted: T): Partial<T> {
  const kept = differences(configured, wanted).map((name) => [name, wanted[name]]);
  return Object.fromEntries(kept) as Partial<T>;
}
