import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { findSystemOfPath, wayOf } from "#lib/relying-party/interaction/find-system.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Whoever was led here by a system that asks for more than they had is led back. Costs nothing where nobody was. */
export async function SystemWaits() {
  const uid = await readCookie("waiting");
  const path = uid === null ? null : wayOf(uid);
  const system = path && (await findSystemOfPath(await currentContext(), path));
  if (!path || !system) return null;
  const t = await getTranslations("interaction.waiting");
  const { name } = system;
  return (
    <div className="mb-6">
      <Callout
        icon="door"
        action={
          <LinkButton small variant="second" href={path}>
            {t("goOn", { system: name })}
          </LinkButton>
        }
      >
        {t("text", { system: name })}
      </Callout>
    </div>
  );
}
