import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { checklistOf, nextOf, standingOf } from "#lib/campaign/people/checklist.ts";
import type { Move } from "#lib/campaign/people/find-moves.ts";
import type { Language } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { lineUnder } from "../move-words.ts";
import { MoveLine } from "./move-line.tsx";

/** `named`: by the name of its campaign, of several. */
type MoveBannerProps = { move: Move; now: Date; language: Language; named: boolean };

/** Gold, since it is theirs to do: what is there and what is left, each with the way to it. One calm line once all is done. */
export async function MoveBanner({ move, now, language, named }: MoveBannerProps) {
  const t = await getTranslations("move");
  const standing = standingOf(move);
  const { items, done, of } = checklistOf(move);
  const id = `move-${move.campaignId}`;
  const name = named ? `${language === "en" ? move.nameEn : move.nameMs}: ` : "";
  if (standing === "moved")
    return (
      <div className="moved">
        <Callout tone="ok">
          <p>
            <strong>
              {name}
              {t("banner.moved")}.
            </strong>{" "}
            {t("banner.movedText")} <a href="/home/move">{t("banner.see")}</a>
          </p>
        </Callout>
      </div>
    );
  const next = nextOf(items);
  return (
    <section className="banner move-banner" aria-labelledby={id}>
      <div className="wajik" />
      <div className="move-head">
        <div>
          <h2 id={id}>
            {name}
            {t(`banner.${standing}`)}
          </h2>
          <p className="muted">{await lineUnder(move, now, language)}</p>
        </div>
        <Badge tone="gold">{t("banner.count", { done, of })}</Badge>
      </div>
      {(standing === "waiting" || standing === "ready") && <p className="mt-3">{t(`standing.${standing}`)}</p>}
      <ul className="todo">
        {items.map((item) => (
          <MoveLine key={item.key} item={item} />
        ))}
      </ul>
      <div className="actions">
        {next && (
          <LinkButton variant="second" href={`/home/move/do/${next.key}`}>
            {t(`do.${next.key}`)}
          </LinkButton>
        )}
        <LinkButton variant={next ? "quiet" : "second"} href="/home/move">
          {t("banner.open")}
        </LinkButton>
      </div>
    </section>
  );
}
