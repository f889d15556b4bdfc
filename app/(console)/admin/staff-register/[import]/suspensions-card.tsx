import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Suspension } from "#lib/staff-register/leavers/foresee-suspensions.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LEAVERS } from "../paths.ts";

const SHOWN = 3;

/** How many this file has suspended by the clock, and when: nobody shall find out afterwards. */
export async function SuspensionsCard({ on, isDone }: { on: readonly Suspension[]; isDone: boolean }) {
  const [t, language] = await Promise.all([getTranslations("staffRegister.suspensions"), getLocale()]);
  const later = on.slice(SHOWN).reduce((people, more) => people + more.people, 0);
  return (
    <Callout
      tone="warn"
      action={
        isDone && (
          <LinkButton variant="second" small href={LEAVERS}>
            {t("link")}
          </LinkButton>
        )
      }
    >
      {on.slice(0, SHOWN).map(({ day, people }) => (
        <p key={day}>
          <strong>{t("on", { people, day: formatDay(beginningOf(day), language) })}</strong>
        </p>
      ))}
      {later > 0 && <p>{t("later", { people: later })}</p>}
      <p>{t(isDone ? "keepNow" : "keep")}</p>
    </Callout>
  );
}
