import { TransactionFacts } from "#app/transaction-facts.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import type { Language } from "#lib/kernel/context.ts";
import type { Approval } from "#lib/relying-party/approval/list-approvals.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { looks } from "./looks.ts";

/**
 * One that was shown and is not decided yet: it is decided where it was asked for, in the browser it was shown in, so this
 * leads to the system.
 */
export async function WaitingCard({ approval, language }: { approval: Approval; language: Language }) {
  const t = await getTranslations("approvals");
  const { id, system, relyingPartyId, detail, roleMs, roleEn, expiresAt } = approval;
  return (
    <section className="card" aria-labelledby={`w${id}`}>
      <div className="approval-head">
        <h2 className="h4" id={`w${id}`}>
          {detail.title}
        </h2>
        <Badge tone={looks.open}>{t("states.open")}</Badge>
      </div>
      <p className="muted mb-4">{t("waits", { system, at: formatDate(expiresAt, language) })}</p>
      <TransactionFacts detail={detail} role={{ nameMs: roleMs, nameEn: roleEn }} expiresAt={expiresAt} />
      <div className="actions">
        <LinkButton href={`/home/open/${relyingPartyId}`}>{t("open", { system })}</LinkButton>
      </div>
    </section>
  );
}
