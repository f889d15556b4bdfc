import { headers } from "next/headers";
import type { ReactNode } from "react";
import { getTranslations } from "#lib/text/get-translations.ts";
import { DoneToast } from "./done-toast.tsx";

/**
 * What has just changed, by name: "Telefon Aisyah dipadam". Comes after a change as `?done=…`, above the page's `h1`;
 * stays until it is closed or the next page. Never for errors.
 */
export async function Done({ words }: { words: ReactNode }) {
  const [t, asked] = await Promise.all([getTranslations("settings"), headers()]);
  const [path = "/settings"] = (asked.get("x-kunci-path") ?? "/settings").split("?", 1);
  return (
    <DoneToast close={t("close")} path={path}>
      {words}
    </DoneToast>
  );
}
