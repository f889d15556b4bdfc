import type { Metadata } from "next";
import { Chip } from "#components/ui/chip.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { guideNames, guides } from "./guides.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("guide");
  return { title: t("title") };
}

function Tile({ href, icon, title, say }: { href: string; icon: IconName; title: string; say: string }) {
  return (
    <li>
      <a className="tile" href={href}>
        <Chip icon={icon} />
        <span>
          <b>{title}</b>
          <small>{say}</small>
        </span>
        <Icon name="arrow" />
      </a>
    </li>
  );
}

export default async function GuideListPage() {
  const t = await getTranslations("guide");
  const tiles = await Promise.all(
    guideNames.map(async (name) => {
      const words = await getTranslations(guides[name].words as "guidePasskey.here");
      return { name, title: words("title"), say: words("say") };
    }),
  );
  return (
    <div className="wrap page guide-list">
      <h1>{t("title")}</h1>
      <p className="lead">{t("lead")}</p>
      <ul className="tiles">
        <Tile href="/guide/first-aid" icon="help" title={t("aid.title")} say={t("aid.lead")} />
        {tiles.map(({ name, ...words }) => (
          <Tile key={name} href={`/guide/${name}`} icon={guides[name].icon} {...words} />
        ))}
      </ul>
      <div className="guide-notes">
        {(["devices", "why"] as const).map((note) => (
          <section key={note}>
            <h2 className="h3">{t(`${note}Title`)}</h2>
            <p>{t(note)}</p>
          </section>
        ))}
      </div>
    </div>
  );
}
