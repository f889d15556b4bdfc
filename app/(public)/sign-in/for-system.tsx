import { SystemHead } from "#components/layout/system-head.tsx";
import { findSystemOfPath } from "#lib/relying-party/interaction/find-system.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Which system a sign-in is for, where it leads to one. Costs nothing where it does not. */
export async function ForSystem({ returnTo }: { returnTo: string | null }) {
  const system = await findSystemOfPath(await currentContext(), returnTo);
  if (!system) return null;
  return <SystemHead system={system} lead={(await getTranslations("interaction"))("head")} />;
}
