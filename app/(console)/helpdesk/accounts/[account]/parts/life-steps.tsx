import { Icon } from "#components/ui/icon.tsx";
import type { StepState } from "#lib/helpdesk/account/life-steps.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { capital, saidAt, type Words } from "../../../said.ts";

const icons = { done: "check", stuck: "cross", waiting: "clock" } as const;

/** How far the account has come, and where it is held up. */
export async function LifeSteps({ steps, ...words }: Words & { steps: readonly StepState[] }) {
  const t = await getTranslations("diagnosis.steps");
  return (
    <section className="card steps-card" aria-labelledby="steps">
      <h2 className="h3" id="steps">
        {t("heading")}
      </h2>
      <ol className="life">
        {steps.map(({ step, state, at }, nth) => (
          <li
            key={step}
            className={state === "done" || state === "stuck" ? state : undefined}
            aria-current={state === "stuck" || state === "waiting" ? "step" : undefined}
          >
            <span className="dot num">{state === "todo" ? nth + 1 : <Icon name={icons[state]} />}</span>
            <p className="t">
              {(state === "done" || state === "stuck") && <span className="sr">{t(state)} </span>}
              {t(step)}
            </p>
            <p className="s">
              {state === "stuck"
                ? t("stuckHere")
                : state === "waiting"
                  ? t("waitingHere")
                  : at
                    ? capital(saidAt(at, words))
                    : t("notYet")}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
