import type { AccountFacts } from "../account/account-facts.ts";
import { type Finding, type Findings, finding } from "./findings.ts";

type How = Findings["locked_by_owner"]["how"];
const hows: readonly How[] = ["settings", "letter", "report"];

/** Where the account itself stands still, nothing else matters. */
export function standingFindings({ status, standing }: AccountFacts): Finding[] {
  const at = standing?.at ?? null;
  switch (status) {
    case "suspended":
      return [finding("suspended", { at }, { do: "reinstate" })];
    case "locked":
      return [
        finding(
          "locked_by_owner",
          { at, how: hows.find((how) => how === standing?.how) ?? "settings" },
          { do: "unlock" },
        ),
      ];
    case "closed":
      if (at && standing?.type === "account.lapsed") return [finding("lapsed", { at }, null)];
      if (at && standing?.type === "registration.voided") return [finding("voided", { at }, null)];
      return [finding("closed", { at }, { do: "reopen" })];
    default:
      return [];
  }
}
