import { LinkButton } from "#components/ui/button.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The way out for somebody who thinks that they are not alone in their account. */
export async function LockCard() {
  const t = await getTranslations("lock.card");
  return (
    <section className="card" aria-labelledby="lock">
      <h2 className="h3" id="lock">
        {t("heading")}
      </h2>
      <p>{t("text")}</p>
      <div className="actions">
        <LinkButton variant="danger" icon="lock" href="/settings/lock">
          {t("button")}
        </LinkButton>
      </div>
    </section>
  );
}
