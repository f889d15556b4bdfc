import { getTranslations } from "#lib/text/get-translations.ts";
import { Icon } from "../ui/icon.tsx";

type StepperProps = {
  steps: readonly { label: string }[];
  /** From 0; `steps.length` when all are done. */
  current: number;
  /** "Kemajuan pendaftaran" */
  label: string;
};

/** Where I am and what is left. Says so in words too; nothing in it is pressed. */
export async function Stepper({ steps, current, label }: StepperProps) {
  const t = await getTranslations("common");
  return (
    <ol className="stepper" aria-label={label}>
      {steps.map((step, place) => (
        <li
          key={step.label}
          className={place < current ? "done" : undefined}
          aria-current={place === current ? "step" : undefined}
        >
          <span className="dot">{place < current ? <Icon name="check" small /> : place + 1}</span>
          <span>
            {step.label}
            {place < current && <span className="sr">{t("stepDone")}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
