import { Submit } from "#components/form/submit.tsx";
import type { Correction, CorrectionKind } from "#lib/account/profile/list-corrections.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { wantedWords } from "./wanted-words.ts";
import { withdraw } from "./withdraw.ts";

const decides = { name: "office", office: "newOffice", identity: "officers" } as const satisfies Record<
  CorrectionKind,
  string
>;

/** What was asked for and nobody has decided on yet. */
export async function WaitingCorrection({ correction, language }: { correction: Correction; language: Language }) {
  const [t, profile] = await Promise.all([getTranslations("requests.waiting"), getTranslations("profile")]);
  const facts = [
    [t("reference"), <strong key="reference">{correction.reference}</strong>],
    [t("wanted"), wantedWords(correction, language)],
    [t("sentAt"), formatDate(correction.openedAt, language)],
    [t("decides"), t(decides[correction.kind])],
  ] as const;
  return (
    <section className="card" aria-labelledby="waiting">
      <h2 className="h3" id="waiting">
        {t("heading")}
      </h2>
      <dl className="facts">
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <p className="muted mt-3">{t("keep")}</p>
      <form action={withdraw} className="actions">
        <input type="hidden" name="caseId" value={correction.id} />
        <Submit variant="second" busy={profile("withdrawing")}>
          {profile("withdraw")}
        </Submit>
      </form>
    </section>
  );
}
