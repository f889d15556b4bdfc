import { getLocale } from "next-intl/server";
import { Chip } from "#components/ui/chip.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { PresenceForm } from "./presence-form.tsx";

/** The person stands at the counter with their document. */
export async function PresenceCard({ accountId }: { accountId: string }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("callerCheck.presence")]);
  const { form, callerCheck } = messages[language];
  return (
    <section className="card" aria-labelledby="presence">
      <div className="heading-chip">
        <Chip icon="id" tone="plain" />
        <h2 className="h3" id="presence">
          {t("heading")}
        </h2>
      </div>
      <p className="mt-3">{t("text")}</p>
      <PresenceForm
        accountId={accountId}
        words={callerCheck.presence}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </section>
  );
}
