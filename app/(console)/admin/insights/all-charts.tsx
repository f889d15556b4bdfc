import type { Fill } from "#components/chart/patterns.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { lockKinds, mailStates, signInMethods } from "#lib/administration/insights/metrics.ts";
import type { Insights } from "#lib/administration/insights/view-insights.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Funnel } from "./charts/funnel.tsx";
import { Methods } from "./charts/methods.tsx";
import { Weekly } from "./charts/weekly.tsx";
import { byWeek, type Figures, sum } from "./figures.ts";

/** Red means that something did not arrive, and nothing else. */
const mailFills = {
  delivered: "f1",
  handed_over: "f2",
  queued: "f5",
  returned: "f4",
  complained: "f3",
} as const satisfies Record<string, Fill>;
const lockFills = { paused: "f1", password: "f3", owner: "f2", suspended: "f4" } as const satisfies Record<
  string,
  Fill
>;

type AllChartsProps = {
  insights: Insights;
  /** Those to be set side by side. */
  offices: Insights["offices"];
  figures: Figures;
  /** Where the longest period is shown. */
  longest: string;
};

export async function AllCharts({ insights, offices, figures, longest }: AllChartsProps) {
  const t = await getTranslations("insights");
  const { inAll, weeks } = insights;
  const { number, percent, week } = figures;
  const mail = sum(mailStates.map((state) => inAll(`mail.${state}`)));
  const locks = sum(lockKinds.map((kind) => inAll(`lock.${kind}`)));
  const signIns = sum(signInMethods.map((method) => inAll(`sign_in.${method}`)));
  const registered = inAll("funnel.registered");
  const activations = byWeek(insights, "activations");
  if (registered + mail + locks + signIns + sum(activations) === 0) return <Nothing longest={longest} />;
  const most = Math.max(...activations);
  const arrived = inAll("mail.delivered") + inAll("mail.handed_over");
  const common = { insights, figures };
  return (
    <>
      <ul className="kpis">
        {[
          { value: number(registered), name: t("kpi.registered") },
          { value: percent(inAll("funnel.activated"), registered), name: t("kpi.activated") },
          { value: percent(inAll("funnel.enrolled"), registered), name: t("kpi.enrolled") },
          { value: percent(arrived, mail), name: t("kpi.arrived") },
        ].map(({ value, name }) => (
          <li key={name} className="kpi card">
            <p className="v">{value}</p>
            <p className="l">{name}</p>
          </li>
        ))}
      </ul>
      <Funnel insights={insights} offices={offices} figures={figures} />
      <Weekly
        id="activations"
        heading={t("activations.heading")}
        said={t("activations.said")}
        label={t("activations.chart", {
          total: number(sum(activations)),
          most: number(most),
          week: week(weeks[activations.indexOf(most)] ?? ""),
        })}
        caption={t("activations.table")}
        series={[{ metric: "activations", name: t("activations.series"), fill: "f1" }]}
        {...common}
      />
      {signIns > 0 && <Methods {...common} />}
      <Weekly
        id="mail"
        heading={t("mail.heading")}
        said={t("mail.said")}
        label={t("mail.chart", {
          total: number(mail),
          bad: number(inAll("mail.returned") + inAll("mail.complained")),
        })}
        caption={t("mail.table")}
        series={mailStates.map((state) => ({
          metric: `mail.${state}` as const,
          name: t(`mail.names.${state}`),
          fill: mailFills[state],
        }))}
        {...common}
      />
      <Weekly
        id="locks"
        heading={t("locks.heading")}
        said={t("locks.said")}
        label={t("locks.chart", { total: number(locks) })}
        caption={t("locks.table")}
        series={lockKinds.map((kind) => ({
          metric: `lock.${kind}` as const,
          name: t(`locks.names.${kind}`),
          fill: lockFills[kind],
        }))}
        {...common}
      />
    </>
  );
}

async function Nothing({ longest }: { longest: string }) {
  const t = await getTranslations("insights.empty");
  return (
    <div className="empty">
      <span className="chip plain">
        <Icon name="chart" />
      </span>
      <h2 className="h4">{t("heading")}</h2>
      <p>{t("text")}</p>
      <LinkButton variant="second" href={longest}>
        {t("all")}
      </LinkButton>
    </div>
  );
}
