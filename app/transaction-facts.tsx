import { getLocale } from "next-intl/server";
import type { Language } from "#lib/kernel/context.ts";
import type { Detail } from "#lib/relying-party/approval/content/read-detail.ts";
import { writeAmount } from "#lib/relying-party/approval/content/write-amount.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

type Props = { detail: Detail; role: { nameMs: string; nameEn: string }; expiresAt: Date };

/** All that is signed of a transaction, as its system sent it; an amount as people write it, and as it was sent. */
export async function TransactionFacts({ detail, role, expiresAt }: Props) {
  const [t, locale] = await Promise.all([getTranslations("interaction.approve.facts"), getLocale()]);
  const language = locale as Language;
  const { reference, amount, currency, payee, document_digest: document, identifier } = detail;
  const facts = [
    amount !== undefined && currency !== undefined
      ? {
          name: t("amount"),
          value: writeAmount(amount, currency, language),
          note: t("asSent", { text: `${currency} ${amount}` }),
          look: "amount num",
        }
      : null,
    payee === undefined ? null : { name: t("payee"), value: payee },
    { name: t("reference"), value: reference },
    { name: t("role"), value: language === "en" ? role.nameEn : role.nameMs },
    { name: t("until"), value: formatDate(expiresAt, language) },
    document === undefined ? null : { name: t("document"), value: document.value, note: "SHA-256", look: "code-value" },
    { name: t("identifier"), value: identifier, look: "code-value" },
  ].filter((fact) => fact !== null);
  return (
    <dl className="facts transaction">
      {facts.map(({ name, value, note, look }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className={look}>{value}</span>
            {note && <small className="muted">{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
