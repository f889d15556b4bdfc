import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { PHRASE_MAX, PHRASE_MIN } from "#lib/authenticators/security-phrase/check-phrase.ts";
import { currentPhrase } from "#lib/authenticators/security-phrase/current-phrase.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { removePhrase } from "./actions.ts";
import { PhraseForm } from "./form.tsx";

const PATH = "/settings/security-phrase";
const lengths = { min: PHRASE_MIN, max: PHRASE_MAX };
const done = ["set", "removed"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("security-phrase") };
}

export default async function SecurityPhrasePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, asked, typed] = await Promise.all([
    requireSession(PATH),
    getLocale(),
    getTranslations("securityPhrase.settings"),
    searchParams,
    typedBefore(PATH),
  ]);
  const current = await currentPhrase(ctx);
  const isDone = done.find((each) => each === asked.done);
  const { form, securityPhrase } = messages[language];
  const { label, labelNew, save, saving } = securityPhrase.settings;
  return (
    <SettingsFrame here="security-phrase">
      {isDone && <Done words={t(`done.${isDone}`)} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        {current && (
          <section className="card" aria-labelledby="current">
            <h2 className="h3" id="current">
              {t("current")}
            </h2>
            <p className="phrase">
              <q dir="auto">{current.phrase}</q>
            </p>
            <p className="muted mt-3">{t("since", { at: formatDay(current.setAt, language) })}</p>
            <p className="mt-3">{t("afterRemoval")}</p>
            <form action={removePhrase} className="actions">
              <Submit variant="danger" busy={t("removing")}>
                {t("remove")}
              </Submit>
            </form>
          </section>
        )}
        <section className="card" aria-labelledby="choose">
          <h2 className="h3" id="choose">
            {t(current ? "replace" : "choose")}
          </h2>
          <PhraseForm
            words={{ label: current ? labelNew : label, hint: t("hint", lengths), save, saving }}
            summary={{ one: form.errorOne, many: form.errorMany }}
            typed={typed?.phrase}
          />
        </section>
        <section className="card" aria-labelledby="about">
          <h2 className="h3" id="about">
            {t("about")}
          </h2>
          <div className="prose">
            <ul>
              <li>{t("facts.why")}</li>
              <li>{t("facts.known")}</li>
              <li>{t("facts.new")}</li>
              <li>{t("facts.noSecret")}</li>
            </ul>
          </div>
        </section>
      </div>
    </SettingsFrame>
  );
}
