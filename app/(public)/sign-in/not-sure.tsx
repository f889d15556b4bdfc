import { telephoneHref } from "#lib/kernel/telephone.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Below a choice: the picture guides and the helpdesk. */
export async function NotSure() {
  const t = await getTranslations("method");
  const { helpdeskPhone } = config().agency;
  return (
    <p>
      {t.rich("notSure", {
        number: helpdeskPhone,
        guide: (words) => <a href="/guide">{words}</a>,
        phone: (words) => (
          <a className="nowrap" href={telephoneHref(helpdeskPhone)}>
            {words}
          </a>
        ),
      })}
    </p>
  );
}
