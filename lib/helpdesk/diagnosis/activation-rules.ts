import { LINK_LIFETIME, linkState } from "#lib/account/activation/activation-link.ts";
import { after } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";
import type { AccountFacts, LinkFact } from "../account/account-facts.ts";
import { type Finding, finding } from "./findings.ts";
import { triesOf } from "./tries-of.ts";

/** What keeps an account from being activated, but for the mail. */
export function activationFindings(facts: AccountFacts, now: Date): Finding[] {
  const { opensAt, link } = facts;
  if (opensAt && opensAt > now) return [finding("awaiting_opening_date", { opens: opensAt }, null)];
  const tooOften = triesOf(facts, "activation_link.refused", { reasons: ["throttled"] });
  // Asked for more often than letters may go: those that went before are what counts, unless they have ended.
  const asked = tooOften ? [finding("link_asked_too_often", { at: tooOften.lastAt }, { do: "resend_activation" })] : [];
  if (!link) return [...asked, noLink()];
  return [...ofLink(link, facts, now), ...asked];
}

const noLink = (): Finding => finding("link_not_asked_for", {}, { do: "resend_activation" });

function ofLink(link: LinkFact, facts: AccountFacts, now: Date): Finding[] {
  const mismatch = triesOf(facts, "activation.refused", { reasons: ["identity_mismatch", "identity_tries_used"] });
  const resend = { do: "resend_activation" } as const;
  if (mismatch && link.identityTries > 0)
    return [
      finding(
        "identity_mismatch_on_link",
        { tries: link.identityTries, at: mismatch.lastAt },
        // While tries are left the link still opens, for whoever types the right end of the number.
        link.identityTries >= limits.identityTriesPerLink || linkState(link, now) !== "alive" ? resend : null,
      ),
    ];
  const ends = link.handedOverAt && after(link.handedOverAt, LINK_LIFETIME);
  const state = linkState(link, now);
  // It never went out, or is over: used, where the account was opened again since. A letter still on its way is the mail's story.
  if (!ends || !link.handedOverAt || state === "used" || state === "superseded") return [noLink()];
  if (state === "alive")
    return [finding("link_waiting", { sent: link.handedOverAt, ends, opened: link.opened }, { guide: "activation" })];
  const wasOpened = link.opened || facts.status === "email_verified";
  return [finding(wasOpened ? "link_expired_opened" : "link_expired_never_opened", { ended: ends }, resend)];
}
