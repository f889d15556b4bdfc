import { Badge } from "#components/ui/badge.tsx";
import type { Correction } from "#lib/account/profile/list-corrections.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { wantedWords } from "./wanted-words.ts";

type PastCorrectionsProps = { corrections: readonly Correction[]; language: Language };

/** What was asked for before and what became of it. */
export async function PastCorrections({ corrections, language }: PastCorrectionsProps) {
  const t = await getTranslations("requests.past");
  if (corrections.length === 0) return null;
  return (
    <section className="card" aria-labelledby="past">
      <h2 className="h4" id="past">
        {t("heading")}
      </h2>
      <ul className="past">
        {corrections.map((each) => (
          <li key={each.id}>
            <span className="wanted">{wantedWords(each, language)}</span>
            <span className="muted">
              {formatDay(each.endedAt ?? each.openedAt, language)} · {each.reference}
            </span>
            {each.answer && <span className="answer">{t("answer", { answer: each.answer })}</span>}
            {each.state !== "open" && (
              <Badge tone={each.state === "approved" ? "ok" : undefined}>{t(each.state)}</Badge>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
