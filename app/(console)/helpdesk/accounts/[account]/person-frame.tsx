import type { ReactNode } from "react";
import type { Person } from "#lib/helpdesk/find-person.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";

/** Around what is done to one account: whose it is, and the way back to it. */
export async function PersonFrame({
  person,
  heading,
  children,
}: {
  person: Person;
  heading: string;
  children: ReactNode;
}) {
  const t = await getTranslations("console");
  return (
    <ConsoleFrame
      here="accounts"
      above={[
        { href: "/helpdesk", name: t("tabs.accounts") },
        { href: `/helpdesk/accounts/${person.id}`, name: person.fullName },
      ]}
      heading={heading}
      lead={
        <>
          {person.fullName} · <span className="num">{person.identity}</span> · {person.office}
        </>
      }
    >
      {children}
    </ConsoleFrame>
  );
}
