import { getLocale } from "next-intl/server";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import type { Counts } from "#lib/staff-register/import/count-rows.ts";
import { isMany } from "#lib/staff-register/import/decide-import.ts";
import type { Suspension } from "#lib/staff-register/leavers/foresee-suspensions.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { importPath } from "../paths.ts";
import { ApplyForm } from "./apply-form.tsx";

/** What is chosen before a file is applied. */
export async function ApplyCard({
  id,
  counts,
  suspensions,
}: {
  id: string;
  counts: Counts;
  suspensions: readonly Suspension[];
}) {
  const [t, language, typed] = await Promise.all([
    getTranslations("staffRegister.apply"),
    getLocale(),
    typedBefore(importPath(id)),
  ]);
  const { form, staffRegister } = messages[language];
  const { opensOn, opensHint, suspendsOn, submit, submitting } = staffRegister.apply;
  const [first] = suspensions;
  const people = suspensions.reduce((all, some) => all + some.people, 0);
  return (
    <section className="card" aria-labelledby="apply">
      <h2 id="apply">{t("heading")}</h2>
      <ApplyForm
        id={id}
        hasMissing={counts.missing > 0}
        typed={typed ?? {}}
        words={{
          opensOn,
          opensHint,
          suspendsOn,
          suspendsHint: t("suspendsHint", { missing: counts.missing }),
          submit,
          submitting,
        }}
        suspends={first ? t("suspends", { people, day: formatDay(beginningOf(first.day), language) }) : null}
        many={isMany(counts) ? t("many", { missing: counts.missing, listed: counts.listed }) : null}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </section>
  );
}
