import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Choices } from "#components/form/choices.tsx";
import { Submit } from "#components/form/submit.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { WrongChoice } from "../wrong-choice.tsx";
import { saveLanguage } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("language") };
}

const options = [
  { value: "ms", label: "Bahasa Malaysia", lang: "ms" },
  { value: "en", label: "English", lang: "en" },
];

export default async function LanguagePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, { done, wrong }] = await Promise.all([
    getLocale(),
    getTranslations("settings.language"),
    searchParams,
  ]);
  return (
    <SettingsFrame here="language">
      {done !== undefined && <Done words={t("done")} />}
      {wrong !== undefined && <WrongChoice field="language" message={t("wrong")} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <form className="card" action={saveLanguage}>
        <Choices
          name="language"
          legend={t("legend")}
          hint={t("hint")}
          options={options}
          defaultValue={language}
          error={wrong === undefined ? undefined : t("wrong")}
        />
        <div className="actions">
          <Submit busy={t("saving")}>{t("save")}</Submit>
        </div>
      </form>
    </SettingsFrame>
  );
}
