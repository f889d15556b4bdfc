import { getTranslations } from "#lib/text/get-translations.ts";
import { type Rung, rungs } from "./rungs.ts";

/** Every way back in, with how long it takes; the one the page is about stands out. */
export async function Ladder({ at }: { at: Rung }) {
  const t = await getTranslations("lostFactor.ladder");
  return (
    <nav className="ladder" aria-label={t("label")}>
      <ol>
        {rungs.map((rung) => (
          <li key={rung} {...(rung === at && { "aria-current": "step" as const })}>
            <span className="rung">{t(`${rung}.name`)}</span>
            <span className="long">{t(`${rung}.time`)}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
