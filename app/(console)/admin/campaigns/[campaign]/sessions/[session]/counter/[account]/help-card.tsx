import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import type { CounterCardProps } from "./check-in-card.tsx";
import { HandOverForm } from "./forms.tsx";
import { TicketState } from "./ticket-state.tsx";

/**
 * One officer alone opens the account of somebody who never activated; everybody else is for two officers. What was handed
 * over before, and what became of it, is said first.
 */
export async function HelpCard({
  person,
  language,
  open,
  typed,
  ...form
}: CounterCardProps & { typed: Record<string, string> }) {
  const t = await getTranslations("onsite.help");
  const { help, counter } = messages[language].onsite;
  const { ids } = form;
  const { ticket, barred, place } = person;
  const here = place?.state === "attended";
  const justDone = ticket?.state === "used";
  return (
    <section className="card" aria-labelledby="help">
      <h2 className="h3" id="help">
        {t("heading")}
      </h2>
      {ticket && here && <TicketState ticket={ticket} ids={ids} language={language} />}
      {justDone ? (
        <p>{t("move")}</p>
      ) : barred ? (
        <>
          <p>{help.barred[barred]}</p>
          <p className="actions">
            {(barred === "has_activated" || barred === "has_factors") && person.status === "activated" && (
              <LinkButton variant="second" href={`/helpdesk/accounts/${ids.account}/reset`}>
                {t("reset")}
              </LinkButton>
            )}
            <LinkButton variant="quiet" href={`/helpdesk/accounts/${ids.account}`}>
              {t("account")}
            </LinkButton>
          </p>
        </>
      ) : !here || !open ? (
        <p className="muted">{t("first")}</p>
      ) : (
        <>
          <p>{t("text")}</p>
          <Callout icon="mail">{t("stays")}</Callout>
          <HandOverForm
            {...form}
            begin={{ ...(place.document && { document: place.document }), ...typed }}
            words={{ ...help, document: counter.document, ...(ticket && { submit: help.again }) }}
          />
        </>
      )}
    </section>
  );
}
