import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Whoever came here from the checklist of their move is led back to it. Costs nothing where nobody did. */
export async function MoveBack() {
  if ((await readCookie("move")) === null) return null;
  const t = await getTranslations("move.back");
  return (
    <div className="mb-6">
      <Callout
        icon="list"
        action={
          <LinkButton small variant="second" href="/home/move/back">
            {t("button")}
          </LinkButton>
        }
      >
        {t("text")}
      </Callout>
    </div>
  );
}
