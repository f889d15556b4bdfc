import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icon.tsx";

const guides = [
  { name: "activation", href: "/guide/activation", icon: "mail" },
  { name: "aid", href: "/guide/first-aid", icon: "help" },
] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("guide");
  return { title: t("title") };
}

export default async function GuideListPage() {
  const t = await getTranslations("guide");
  return (
    <div className="wrap page">
      <h1>{t("title")}</h1>
      <p className="lead mt-2 mb-8">{t("lead")}</p>
      <ul className="tiles">
        {guides.map((guide) => (
          <li key={guide.name}>
            <a className="tile" href={guide.href}>
              <Chip icon={guide.icon} />
              <span>
                <b>{t(`${guide.name}.title`)}</b>
                <small>{t(`${guide.name}.lead`)}</small>
              </span>
              <Icon name="arrow" />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
