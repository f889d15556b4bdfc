import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import type { AccountFacts } from "#lib/helpdesk/account/account-facts.ts";
import { mayDo } from "#lib/helpdesk/account/possible-actions.ts";
import { VERIFIED_FOR } from "#lib/helpdesk/caller-check/check-state.ts";
import { after } from "#lib/kernel/time.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { saidAt, type Words } from "../../../said.ts";
import { callerPath } from "../paths.ts";

/** Whoever is on the line is made sure of before anything is told. */
export async function CallerPanel({ facts, officer, ...words }: Words & { facts: AccountFacts; officer: Officer }) {
  if (!mayDo(officer, "caller.check", facts)) return null;
  const t = await getTranslations("diagnosis.caller");
  const until = facts.callerVerifiedAt && after(facts.callerVerifiedAt, VERIFIED_FOR);
  return (
    <section className="card" aria-labelledby="caller">
      <h2 className="h3" id="caller">
        {t("heading")}
      </h2>
      {until && until > words.now ? (
        <p className="caller-known">
          <Badge tone="ok" icon="check">
            {t("verified", { until: saidAt(until, words) })}
          </Badge>
        </p>
      ) : (
        <p className="muted">{t("text")}</p>
      )}
      <LinkButton variant="second" small block icon="phone" href={callerPath(facts.id)}>
        {t("button")}
      </LinkButton>
    </section>
  );
}
