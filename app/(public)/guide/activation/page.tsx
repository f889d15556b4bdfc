import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { config } from "#lib/server/config.ts";
import { facts } from "../../facts.ts";
import { Paper } from "../paper.tsx";

const steps = ["ask", "open", "press", "confirm", "questions"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("guide.activation");
  return { title: t("title") };
}

export default async function ActivationGuidePage() {
  const [t, common] = [await getTranslations("guide.activation"), await getTranslations("common")];
  const { agency, passwordPolicy } = config();
  const links = {
    activate: (words: React.ReactNode) => <a href="/activate">{words}</a>,
    code: (words: React.ReactNode) => <a href="/activate/code">{words}</a>,
    aid: (words: React.ReactNode) => <a href="/guide/first-aid">{words}</a>,
  };
  const helpdesk = {
    phone: agency.helpdeskPhone,
    daysOpen: common("helpdeskDays"),
    hoursOpen: common("helpdeskHours"),
  };
  return (
    <Paper title={t("title")} lead={t("lead")} time={t("time")}>
      <ol className="do">
        {steps.map((step) => (
          <li key={step}>
            <h2>{t(`steps.${step}.title`)}</h2>
            <p>{t.rich(`steps.${step}.text`, links)}</p>
          </li>
        ))}
        <li>
          <h2>{t("steps.password.title")}</h2>
          <p>{t(`steps.password.${passwordPolicy}`)}</p>
        </li>
      </ol>
      <div className="ends">
        <section>
          <h2>{t("readyTitle")}</h2>
          <p>{t("ready")}</p>
        </section>
        <section>
          <h2>{t("stuckTitle")}</h2>
          <p>{t.rich("stuck", { ...links, ...helpdesk })}</p>
        </section>
        <section className="full">
          <h2>{t("limitsTitle")}</h2>
          <p>{t("limits", facts)}</p>
        </section>
      </div>
    </Paper>
  );
}
