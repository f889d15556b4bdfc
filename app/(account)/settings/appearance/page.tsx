import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Choices } from "#components/form/choices.tsx";
import { Submit } from "#components/form/submit.tsx";
import { APPEARANCE_COOKIE, appearanceIn, appearances } from "#lib/kernel/appearance.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { WrongChoice } from "../wrong-choice.tsx";
import { saveAppearance } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("appearance") };
}

export default async function AppearancePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [kept, t, { done, wrong }] = await Promise.all([cookies(), getTranslations("appearance"), searchParams]);
  const chosen = appearanceIn(kept.get(APPEARANCE_COOKIE)?.value);
  return (
    <SettingsFrame here="appearance">
      {done !== undefined && <Done words={t(`done.${chosen}`)} />}
      {wrong !== undefined && <WrongChoice field="appearance" message={t("wrong")} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <form className="card" action={saveAppearance}>
        <Choices
          name="appearance"
          legend={t("legend")}
          hint={t("hint")}
          options={appearances.map((value) => ({ value, label: t(`choices.${value}`) }))}
          defaultValue={chosen}
          error={wrong === undefined ? undefined : t("wrong")}
        />
        <div className="actions">
          <Submit busy={t("saving")}>{t("save")}</Submit>
        </div>
      </form>
    </SettingsFrame>
  );
}
