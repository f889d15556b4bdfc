import type { ReactNode } from "react";
import { Flow } from "#components/layout/flow.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The three steps from a form to an account, the same for those who register and those who were registered. */
export async function RegistrationFlow({
  current,
  rail,
  children,
}: {
  current: 0 | 1 | 2;
  rail: ReactNode;
  children: ReactNode;
}) {
  const t = await getTranslations("register");
  const steps = [{ label: t("stepDetails") }, { label: t("stepEmail") }, { label: t("stepActivate") }];
  return (
    <Flow steps={steps} current={current} stepsLabel={t("steps")} rail={rail}>
      {children}
    </Flow>
  );
}
