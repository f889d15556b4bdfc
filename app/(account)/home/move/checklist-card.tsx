import { Badge } from "#components/ui/badge.tsx";
import { PartsBar } from "#components/ui/parts-bar.tsx";
import { checklistOf, standingOf } from "#lib/campaign/people/checklist.ts";
import type { Move } from "#lib/campaign/people/find-moves.ts";
import type { Language } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { lineUnder } from "../../move-words.ts";
import { MoveLine } from "../move-line.tsx";

/** One campaign's checklist, in the campaign's own name where it says more than the page's heading. */
export async function ChecklistCard({ move, now, language }: { move: Move; now: Date; language: Language }) {
  const t = await getTranslations("move");
  const { items, done, of } = checklistOf(move);
  const standing = standingOf(move);
  const id = `list-${move.campaignId}`;
  const name = language === "en" ? move.nameEn : move.nameMs;
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 className="h3" id={id}>
          {name === t("title") ? t("list") : name}
        </h2>
        <Badge tone={done === of ? "ok" : "gold"} icon={done === of ? "check" : undefined}>
          {t("banner.count", { done, of })}
        </Badge>
      </div>
      <p className="muted">{await lineUnder(move, now, language)}</p>
      <PartsBar
        done={done}
        waiting={items.filter((item) => !item.done && item.waitsFor !== null).length}
        of={of}
        label={t("bar", { done, of })}
      />
      <p className="mt-3">{t(`standing.${standing}`)}</p>
      <ul className="todo move-list" aria-label={t("list")}>
        {items.map((item) => (
          <MoveLine key={item.key} item={item} button />
        ))}
      </ul>
    </section>
  );
}
