import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import type { MailboxShown } from "#lib/account/mailbox/view-mailbox.ts";
import type { MailboxKind } from "#lib/audit/catalogue.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { removePersonal, sendLetter } from "./actions.ts";

type CurrentCardProps = { which: MailboxKind; mailbox: MailboxShown };

/** The mailbox as it is, with what can be done with it besides changing it. */
export async function CurrentCard({ which, mailbox: { address, verified, heldUntil } }: CurrentCardProps) {
  const t = await getTranslations("mailboxChange");
  if (!address) return null;
  return (
    <section className="card" aria-labelledby="now">
      <h2 className="h3" id="now">
        {t("now")}
      </h2>
      <ul>
        <li className="item">
          <Chip icon="mail" tone="plain" />
          <p className="what">
            <MailAddress address={address} />
            <Badge tone={verified ? "ok" : "warn"} icon={verified ? "check" : "warn"}>
              {t(verified ? "verified" : "unverified")}
            </Badge>
          </p>
          {!verified && !heldUntil && (
            <form action={sendLetter} className="do">
              <input type="hidden" name="which" value={which} />
              <Submit variant="second" small busy={t("asking")}>
                {t("verify")}
              </Submit>
            </form>
          )}
        </li>
      </ul>
      {which === "personal" && (
        <>
          <p className="muted mt-4">{t("removeText")}</p>
          <form action={removePersonal} className="actions">
            <Submit variant="danger" icon="trash" busy={t("removing")}>
              {t("remove")}
            </Submit>
          </form>
        </>
      )}
    </section>
  );
}
