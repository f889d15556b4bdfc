import type { Counts } from "#lib/staff-register/import/count-rows.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

const kinds = ["new", "changed", "same", "ending", "left", "bad"] as const;

/** What the rows come to, in numbers. */
export async function CountsCard({ counts, isDone, isWhole }: { counts: Counts; isDone: boolean; isWhole: boolean }) {
  const t = await getTranslations("staffRegister.import");
  const shown = isWhole ? ([...kinds, "missing"] as const) : kinds;
  return (
    <section aria-labelledby="counts">
      <h2 id="counts" className="register-heading">
        {t(isDone ? "countsDone" : "countsHeading")}
      </h2>
      <dl className="kpis">
        {shown.map((kind) => (
          <div className="kpi card" key={kind}>
            <dt className="l">{t(`counts.${kind}`)}</dt>
            <dd className="v">{counts[kind].toLocaleString("en")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
