import { getTranslations } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import type { AccountFacts } from "#lib/helpdesk/account/account-facts.ts";
import { mayDo } from "#lib/helpdesk/account/possible-actions.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { callerPath } from "../paths.ts";
import type { Words } from "./said.ts";

/** Whoever is on the line is made sure of before anything is told. */
export async function CallerPanel({ facts, officer, now }: Words & { facts: AccountFacts; officer: Officer }) {
  if (!mayDo(officer, "caller.check", facts, now)) return null;
  const t = await getTranslations("diagnosis.caller");
  return (
    <section className="card" aria-labelledby="caller">
      <h2 className="h3" id="caller">
        {t("heading")}
      </h2>
      <p className="muted">{t("text")}</p>
      <LinkButton variant="second" small block icon="phone" href={callerPath(facts.id)}>
        {t("button")}
      </LinkButton>
    </section>
  );
}
