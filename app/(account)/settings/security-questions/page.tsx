import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { ChooseQuestions } from "#app/choose-questions/choose.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import {
  questionsStanding,
  type Replacement,
  replacementsGiven,
} from "#lib/account/settings/replace-security-questions.ts";
import { QUESTIONS_WANTED } from "#lib/authenticators/security-questions/choose-questions.ts";
import type { Context } from "#lib/kernel/context.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { formatDate, formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { add, remove, replace } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("security-questions") };
}

export default async function QuestionsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, { done, missing }] = await Promise.all([
    requireSession("/settings/security-questions"),
    getLocale(),
    getTranslations("securityQuestions"),
    searchParams,
  ]);
  const [answered, { setAt, heldUntil }] = await Promise.all([replacementsGiven(ctx), questionsStanding(ctx)]);
  return (
    <SettingsFrame here="security-questions">
      {done === "replaced" && <Done words={t("done")} />}
      <PageHead heading={t("heading")} lead={setAt ? t("lead", { at: formatDay(setAt, language) }) : t("leadNone")} />
      {heldUntil ? (
        <Callout tone="warn" icon="clock">
          {t("hold", { until: formatDate(heldUntil, language) })}
        </Callout>
      ) : (
        <Replace ctx={ctx} answered={answered} missing={missing !== undefined} />
      )}
    </SettingsFrame>
  );
}

type ReplaceProps = { ctx: Context; answered: readonly Replacement[]; missing: boolean };

async function Replace({ ctx, answered, missing }: ReplaceProps) {
  const t = await getTranslations("securityQuestions");
  const left = QUESTIONS_WANTED - answered.length;
  return (
    <section className="card stack" aria-labelledby="replace">
      <div>
        <h2 className="h3 mb-2" id="replace">
          {t("replace")}
        </h2>
        <p>{t("replaceText")}</p>
      </div>
      <ChooseQuestions ctx={ctx} answered={answered} add={add} remove={remove} />
      <form action={replace} className="actions">
        <Submit variant={left > 0 ? "second" : "primary"} busy={t("saving")}>
          {t("save")}
        </Submit>
        <p id="missing" className="muted" {...(missing && left > 0 && { role: "alert" })}>
          {[t("ready"), t("left1"), t("left2"), t("left3")][left]}
        </p>
      </form>
    </section>
  );
}
