import { Icon } from "#components/ui/icon.tsx";
import { SystemMark } from "#components/ui/system-mark.tsx";
import type { Language } from "#lib/kernel/context.ts";
import { groupSystems, SEARCH_ABOVE, searchSystems } from "#lib/relying-party/launchpad/group-systems.ts";
import type { System } from "#lib/relying-party/launchpad/list-systems.ts";
import { formatNearDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { SystemSearch } from "./system-search.tsx";

type SystemsProps = {
  systems: readonly System[];
  /** What is searched for; empty where nothing is. */
  sought: string;
  /** Whether the person's office has confirmed them: until then there is nothing to ask for. */
  confirmed: boolean;
  now: Date;
  language: Language;
};

/** The person's systems, each a way into it. */
export async function Systems({ systems, sought, confirmed, now, language }: SystemsProps) {
  const t = await getTranslations("launchpad");
  if (systems.length === 0) return <NoSystems confirmed={confirmed} />;
  const searchable = systems.length > SEARCH_ABOVE;
  const found = searchable ? searchSystems(systems, sought) : systems;
  const groups = groupSystems(found, language);
  const grouped = groups.some(({ category }) => category !== null);
  return (
    <section id="systems" className="systems" aria-labelledby="systems-heading">
      <div className="card-head">
        <h2 id="systems-heading">{t("heading")}</h2>
        <span className="muted">{t("count", { count: systems.length })}</span>
      </div>
      {searchable && <SystemSearch path="/home" sought={sought} found={found.length} of={systems.length} />}
      {groups.map(({ category, systems: each }) => (
        <div className="system-group" key={category ?? ""}>
          {grouped && <h3 className="h4">{category ?? t("otherCategory")}</h3>}
          <ul className="tiles">
            {each.map((system) => (
              <li key={system.id}>
                <Tile system={system} now={now} language={language} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p className="muted">{t.rich("missing", { a: (words) => <a href="/home/access">{words}</a> })}</p>
    </section>
  );
}

type TileProps = { system: System; now: Date; language: Language };

async function Tile({ system, now, language }: TileProps) {
  const t = await getTranslations("launchpad");
  const roles = system.roles.map(({ nameMs, nameEn }) => (language === "en" ? nameEn : nameMs));
  const description = language === "en" ? system.descriptionEn : system.descriptionMs;
  const held = roles.length > 0 ? new Intl.ListFormat(language, { type: "conjunction" }).format(roles) : null;
  const said = (
    <>
      <SystemMark system={system} />
      <span>
        <b>{system.name}</b>
        <small>{held ?? description ?? t("everybody")}</small>
        {!system.starts && <small>{t("noAddress")}</small>}
        {system.lastUsedAt && (
          <small className="opened">{t("opened", { at: formatNearDay(system.lastUsedAt, now, language) })}</small>
        )}
      </span>
    </>
  );
  if (!system.starts) return <div className="tile stays">{said}</div>;
  return (
    <a className="tile" href={`/home/open/${system.id}`}>
      {said}
      <Icon name="arrow" />
    </a>
  );
}

async function NoSystems({ confirmed }: { confirmed: boolean }) {
  const t = await getTranslations("launchpad");
  return (
    <section id="systems" aria-labelledby="systems-heading">
      <h2 id="systems-heading" className="section-head">
        {t("heading")}
      </h2>
      <div className="empty">
        <span className="chip plain">
          <Icon name="home" />
        </span>
        <h3>{t("none")}</h3>
        <p>{t(confirmed ? "noneText" : "awaiting")}</p>
        {confirmed && <p>{t.rich("missing", { a: (words) => <a href="/home/access">{words}</a> })}</p>}
      </div>
    </section>
  );
}
