import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { AtCounter } from "#lib/campaign/onsite/counter/view-counter.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { CheckInForm } from "./forms.tsx";

export type CounterCardProps = {
  ids: { campaign: string; session: string; account: string };
  person: AtCounter;
  language: Language;
  documents: readonly { value: string; label: string }[];
  summary: ErrorSummaryProps["words"];
  /** The counter is open: it is the day. */
  open: boolean;
};

/** Whether they hold a place, and that they came; `room`: a place is left for somebody who holds none. */
export async function CheckInCard({ person, room, language, open, ...form }: CounterCardProps & { room: boolean }) {
  const t = await getTranslations("onsite.counter");
  const { counter, checkIn } = messages[language].onsite;
  const { place } = person;
  const standing = place && place.state !== "given_up" ? place.state : "none";
  if (place?.checkedInAt && standing === "attended")
    return (
      <section className="card" aria-labelledby="came">
        <h2 className="h3" id="came">
          {t("doneHeading")}
        </h2>
        <p>
          {t("doneAt", {
            at: formatDate(place.checkedInAt, language),
            name: place.checkedInBy ?? "",
            document: place.document ? counter.documents[place.document] : "",
          })}
        </p>
      </section>
    );
  if (standing === "attended") return null;
  const holds = standing === "booked";
  return (
    <section className="card" aria-labelledby="came">
      <h2 className="h3" id="came">
        {t("doneHeading")}
      </h2>
      {!open ? (
        <Callout tone="warn">{checkIn.counter_closed}</Callout>
      ) : !holds && !room ? (
        <Callout tone="warn">{t("full")}</Callout>
      ) : (
        <>
          <Callout tone={holds ? "ok" : "info"}>{t(standing)}</Callout>
          <CheckInForm {...form} asksWalkIn={!holds} words={counter} />
        </>
      )}
    </section>
  );
}
