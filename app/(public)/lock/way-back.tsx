import { getTranslations } from "#lib/text/get-translations.ts";

/** How a locked account is opened again, step by step. */
export async function WayBack() {
  const t = await getTranslations("lock.done");
  return (
    <>
      <ol className="tips mt-3">
        {(["ask", "answers", "password", "second"] as const).map((step) => (
          <li key={step}>
            <span>{t(`steps.${step}`)}</span>
          </li>
        ))}
      </ol>
      <p className="muted mt-4">{t("cannot")}</p>
    </>
  );
}
