import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import type { UnderWay } from "#lib/sign-in/current-ceremony.ts";
import { inOrder } from "#lib/sign-in/methods.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ForSystem } from "../for-system.tsx";
import { MethodCard, signInDoors } from "../method-card.tsx";
import { NotSure } from "../not-sure.tsx";
import { Who } from "../who.tsx";

/**
 * All five, whoever it is. Nothing here depends on the account: only this browser remembers what it was used for last.
 */
export async function AnyMethod({ ceremony }: { ceremony: UnderWay }) {
  const [t, last] = await Promise.all([getTranslations("method"), readCookie("method")]);
  return (
    <SignInPanel wide under={<NotSure />}>
      <ForSystem returnTo={ceremony.returnTo} />
      <Who {...ceremony} />
      <h1>{t("heading")}</h1>
      <ul className="methods">
        {inOrder(last).map(({ method, isLast }, place) => {
          const badge = place > 0 ? undefined : t(isLast ? "lastUsed" : "recommended");
          return (
            <li key={method} className={badge && "best"}>
              <MethodCard method={method} badge={badge} doors={signInDoors} />
            </li>
          );
        })}
      </ul>
      <p className="muted">{t("sameForAll")}</p>
    </SignInPanel>
  );
}
