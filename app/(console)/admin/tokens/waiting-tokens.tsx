import { unfilteredTokens } from "#lib/campaign/tokens/register/token-filters.ts";
import type { Unreturned } from "#lib/campaign/tokens/register/unreturned.ts";
import type { Language } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { tokenListPath } from "./paths.ts";

/** What is still to come back, as figures that lead to the lists of it; nothing where all is. */
export async function WaitingTokens({ counted, language }: { counted: Unreturned; language: Language }) {
  const t = await getTranslations("hardwareTokens.waiting");
  const figures = [
    { show: "leaver", count: counted.ofLeavers },
    { show: "hand_back", count: counted.toHandBack },
    { show: "lost", count: counted.lost },
  ] as const;
  if (figures.every(({ count }) => count === 0)) return null;
  const figure = new Intl.NumberFormat(language === "ms" ? "ms-MY" : "en-MY");
  return (
    <section aria-labelledby="waiting" className="waiting-tokens">
      <h2 className="h4" id="waiting">
        {t("heading")}
      </h2>
      <dl className="kpis">
        {figures.map(({ show, count }) => (
          <div className="kpi card" key={show}>
            <dt className="l">{t(show)}</dt>
            <dd>
              <span className="v">{figure.format(count)}</span>
              {count > 0 && (
                <a href={tokenListPath({ ...unfilteredTokens, show })}>
                  {t("see")}
                  <span className="sr">: {t(show)}</span>
                </a>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
