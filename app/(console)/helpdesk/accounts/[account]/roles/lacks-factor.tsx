import { Callout } from "#components/ui/callout.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";

/** A role alone opens no console: they ask for a second factor, which this person has to set up first. */
export async function LacksFactor({ name }: { name: string }) {
  const t = await getTranslations("roles");
  return (
    <Callout tone="warn">
      <p>{t("lacksFactor", { name })}</p>
    </Callout>
  );
}
