import type { Move } from "#lib/campaign/people/find-moves.ts";
import type { Language } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { phaseRange } from "../../move-words.ts";

/** Why it is asked of people, on whose authority, when, and whom to ask: in the agency's own words. `named`: of several. */
export async function AboutCard({ move, language, named }: { move: Move; language: Language; named: boolean }) {
  const t = await getTranslations("move.about");
  const id = `about-${move.campaignId}`;
  const facts = {
    reason: language === "en" ? move.reasonEn : move.reasonMs,
    authority: move.authority,
    phase: await phaseRange(move, language),
    contacts: move.contacts,
  } as const;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 className="h4 mb-3" id={id}>
        {named ? t("named", { name: language === "en" ? move.nameEn : move.nameMs }) : t("heading")}
      </h2>
      <dl className="move-facts">
        {(["reason", "authority", "phase", "contacts"] as const).map((fact) => (
          <div key={fact}>
            <dt>{t(fact)}</dt>
            <dd>{facts[fact]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
