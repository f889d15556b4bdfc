import { redirect } from "next/navigation";
import type { CorrectionKind } from "#lib/account/profile/list-corrections.ts";
import type { CorrectionRefusal } from "#lib/account/profile/request-correction.ts";
import { config } from "#lib/server/config.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { limits } from "#lib/throttle/limits.ts";

/** Where one waits already its page shows it; a session that ended leads to sign-in. Else the words for the form. */
export async function wordsOfRefusal(kind: CorrectionKind, refusal: CorrectionRefusal): Promise<string> {
  const path = `/settings/profile/${kind}`;
  if (refusal === "waiting") redirect(path);
  if (refusal === "signed_out") redirect(signInPath(path));
  const t = await getTranslations("requests");
  const { helpdeskPhone } = config().agency;
  return t("tooMany", { count: limits.correctionsPerAccount.points, phone: helpdeskPhone });
}

/** Filed: the profile says so, with its reference. */
export const answerFiled = (kind: CorrectionKind): never => redirect(`/settings/profile?done=${kind}`);
