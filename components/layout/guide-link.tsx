import { getTranslations } from "#lib/text/get-translations.ts";
import type { Messages } from "#lib/text/messages.ts";
import { Icon } from "../ui/icon.tsx";

type GuideLinkProps = { to: keyof Messages["guide"]["link"] };

/** Where one can get stuck: the picture guide of just this. */
export async function GuideLink({ to }: GuideLinkProps) {
  const t = await getTranslations("guide.link");
  return (
    <p className="guide-link">
      <a href={`/guide/${to}`}>
        <Icon name={to === "first-aid" ? "help" : "book"} small />
        {t(to)}
      </a>
    </p>
  );
}
