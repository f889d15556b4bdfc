import { Submit } from "#components/form/submit.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { forgetRemembered, linkRemembered, startLinking } from "./actions.ts";

/** The account that was chosen in this browser for its owner: by one press, and never by itself. */
export async function OfferCard({ email }: { email: string }) {
  const t = await getTranslations("google.settings");
  return (
    <section className="card" aria-labelledby="offer">
      <h2 className="h3 wrap-anywhere" id="offer">
        {t.rich("offer", { email: () => <MailAddress address={email} /> })}
      </h2>
      <p>{t("offerText")}</p>
      <div className="actions">
        <form action={linkRemembered}>
          <Submit icon="google" busy={t("linking")}>
            {t("linkThis")}
          </Submit>
        </form>
        <form action={forgetRemembered}>
          <Submit variant="quiet" busy={t("forgetting")}>
            {t("notMine")}
          </Submit>
        </form>
      </div>
    </section>
  );
}

/** `quiet` where another card has the first word. */
export async function LinkCard({ quiet }: { quiet: boolean }) {
  const [t, leaving] = await Promise.all([getTranslations("google.settings"), getTranslations("google")]);
  return (
    <section className="card" aria-labelledby="none">
      <h2 className="h3" id="none">
        {t("none")}
      </h2>
      <p>{t("noneText")}</p>
      <p className="muted mt-3">{t("oneFactor")}</p>
      <form action={startLinking} className="actions">
        <Submit variant={quiet ? "second" : "primary"} icon={quiet ? "google" : undefined} busy={leaving("leaving")}>
          {t("link")}
        </Submit>
      </form>
    </section>
  );
}
