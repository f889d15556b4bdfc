import { LookAgain } from "#app/(account)/settings/data/look-again.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { TicketShown } from "#lib/campaign/onsite/counter/view-counter.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDate, formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { counterPath } from "../../../paths.ts";

const tones = { alive: "info", begun: "info", used: "ok", expired: "warn", replaced: "info" } as const;

type TicketStateProps = {
  ticket: TicketShown;
  ids: { campaign: string; session: string; account: string };
  language: Language;
  /** On the page that shows the code itself. */
  shown?: boolean;
};

/** What became of the link in the person's hands; it is looked at again while something may come of it. */
export async function TicketState({ ticket, ids, language, shown = false }: TicketStateProps) {
  const t = await getTranslations("onsite.ticket");
  const at = { alive: ticket.createdAt, begun: ticket.begunAt, used: ticket.usedAt, expired: ticket.expiresAt };
  const when = ticket.state === "replaced" ? null : at[ticket.state];
  const waits = ticket.state === "alive" || ticket.state === "begun";
  return (
    <div className="onsite-ticket" role="status">
      {waits && <LookAgain seconds={5} />}
      <Callout
        tone={tones[ticket.state]}
        action={
          ticket.secrets && !shown ? (
            <LinkButton variant="second" small href={`${counterPath(ids.campaign, ids.session, ids.account)}/ticket`}>
              {t("show")}
            </LinkButton>
          ) : undefined
        }
      >
        <p>
          {t(`states.${ticket.state}`, {
            at: when ? (ticket.state === "used" ? formatDate(when, language) : formatTime(when, language)) : "",
          })}{" "}
          {!ticket.isOwn && t("by", { name: ticket.byName })}
        </p>
      </Callout>
    </div>
  );
}
