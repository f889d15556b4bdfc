import type { AccountFacts } from "../account/account-facts.ts";
import { type Finding, finding } from "./findings.ts";

/** A system that would not open: it keeps nobody from signing in to the portal, so all that does comes first. */
export function systemFindings({ systemRefused, totp, passkeys }: AccountFacts): Finding[] {
  if (!systemRefused) return [];
  const { system, reason: why, at } = systemRefused;
  const isSetUpSince = [totp?.setAt, ...passkeys.map(({ createdAt }) => createdAt)].some((set) => set && set > at);
  // Whether it suffices now, only the next try tells.
  if (why === "level_out_of_reach" && isSetUpSince) return [];
  return [finding("system_refused", { system, why, at }, null)];
}
