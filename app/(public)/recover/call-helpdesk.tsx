import { getTranslations } from "next-intl/server";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { config } from "#lib/server/config.ts";

/** The door in every wall of a recovery. */
export async function CallHelpdesk() {
  const t = await getTranslations("recover");
  const phone = config().agency.helpdeskPhone;
  return (
    <p>
      {t.rich("call", {
        phone,
        a: (words) => (
          <a className="nowrap" href={telephoneHref(phone)}>
            {words}
          </a>
        ),
      })}
    </p>
  );
}
