import { GuideLink } from "#components/layout/guide-link.tsx";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { GuideName } from "../guide/guides.ts";

type Props = {
  /** The picture guide of what is being done. */
  guide?: GuideName;
};

/** The door in every wall of a recovery. */
export async function CallHelpdesk({ guide }: Props) {
  const t = await getTranslations("recover");
  const phone = config().agency.helpdeskPhone;
  return (
    <>
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
      {guide && <GuideLink to={guide} />}
    </>
  );
}
