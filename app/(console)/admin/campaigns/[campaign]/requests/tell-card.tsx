import { Submit } from "#components/form/submit.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { tell } from "./actions.ts";

/** "Maklumkan AP": whoever decides gets one letter a day with how much waits. */
export async function TellCard({ campaignId }: { campaignId: string }) {
  const t = await getTranslations("moveRequests.tell");
  return (
    <form action={tell} className="card requests-tell" aria-labelledby="tell">
      <h2 className="h4" id="tell">
        {t("heading")}
      </h2>
      <p className="muted">{t("text")}</p>
      <input type="hidden" name="campaign" value={campaignId} />
      <div className="actions">
        <Submit variant="second" icon="mail" busy={t("submitting")}>
          {t("submit")}
        </Submit>
      </div>
    </form>
  );
}
