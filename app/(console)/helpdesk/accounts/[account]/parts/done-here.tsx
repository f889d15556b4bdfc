import { getTranslations } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";

/** What an officer has just done to this account, by name; `?done=…` of the actions' pages. */
export async function DoneHere({ done }: { done: unknown }) {
  const t = (await getTranslations("actions")) as unknown as { has: (key: string) => boolean; (key: string): string };
  const key = typeof done === "string" && /^[a-z_]{1,40}$/.test(done) ? `done.${done}` : null;
  return key && t.has(key) ? <Done words={t(key)} /> : null;
}
