import { LinkButton } from "#components/ui/button.tsx";
import { SystemMark } from "#components/ui/system-mark.tsx";
import type { Language } from "#lib/kernel/context.ts";
import type { AskableSystem } from "#lib/relying-party/launchpad/list-askable-systems.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** A system that may be asked for, and the way to do so. */
export async function AskableRow({ system, language }: { system: AskableSystem; language: Language }) {
  const t = await getTranslations("launchpad.access");
  const description = language === "en" ? system.descriptionEn : system.descriptionMs;
  return (
    <li className="item">
      <SystemMark system={system} />
      <div>
        <p className="what">{system.name}</p>
        {(description ?? system.category) && (
          <p className="meta">
            <span>{description ?? system.category}</span>
          </p>
        )}
      </div>
      <div className="do">
        <LinkButton variant="quiet" small href={`/home/access/${system.id}`}>
          {t("ask")}
          <span className="sr">: {system.name}</span>
        </LinkButton>
      </div>
    </li>
  );
}
