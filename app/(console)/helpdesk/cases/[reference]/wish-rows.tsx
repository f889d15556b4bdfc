import { getLocale } from "next-intl/server";
import { countryOf } from "#app/(account)/settings/profile/wanted-words.ts";
import type { CaseView } from "#lib/helpdesk/cases/find-case.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import type { Office } from "#lib/office/find-office.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";

const named = ({ code, name }: Office): string => `${code} ${name}`;

/** What it is, or was, and what it shall be; pairs of a description list. A report has none. */
export async function WishRows({ seen: { wish, person, state } }: { seen: CaseView }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("cases.facts")]);
  const was = state === "approved" ? t("before") : t("now");
  switch (wish.kind) {
    case "report":
      return null;
    case "name":
      return (
        <>
          <Row name={was} value={wish.former ?? person.fullName} />
          <Row name={t("wanted")} value={wish.name} />
        </>
      );
    case "office":
      return (
        <>
          <Row name={was} value={named(wish.former ?? person.office)} />
          <Row name={t("wanted")} value={named(wish.to)} />
        </>
      );
    case "identity": {
      const country = countryOf(wish.identity, language);
      return (
        <>
          <Row name={was} value={wish.former ?? person.identity} number />
          <Row name={t("wanted")} value={[maskIdentity(wish.identity), country].filter(Boolean).join(", ")} number />
          <Row name={t("why")} value={messages[language].requests.identity.whys[wish.why]} />
        </>
      );
    }
  }
}

const Row = ({ name, value, number }: { name: string; value: string; number?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd className={number ? "num" : undefined}>{value}</dd>
  </div>
);
