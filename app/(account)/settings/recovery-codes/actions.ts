"use server";
import { revalidatePath } from "next/cache";
import { makeRecoveryCodes } from "#lib/authenticators/recovery-codes/make-recovery-codes.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { answerWith } from "#lib/server/answer.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { changeRefused } from "../change-refused.ts";
import { settingsPages } from "../settings-pages.ts";

const { path } = settingsPages["recovery-codes"];

/** How soon to come back when too many hashes wait, in seconds. */
const BUSY_RETRY = 5;

/** The ten codes, in this one answer and never again; or why there are none. */
export type MadeCodes = { codes: readonly string[] } | { codes: null; error?: string };

export async function makeCodes(_: MadeCodes, form: FormData): Promise<MadeCodes> {
  const [{ ctx }, t] = await Promise.all([requireSession(path), getTranslations("recoveryCodes")]);
  const replaces = field(form, "replaces", { max: 64 });
  const made = await makeRecoveryCodes(ctx, replaces.ok ? replaces.value : "");
  if (made.ok) return { codes: made.value };
  switch (made.error) {
    case "made_meanwhile":
      // The form on the page still names the set before: the next press is to replace the present one.
      revalidatePath(path);
      return { codes: null, error: t("stale") };
    case "busy":
      answerWith(503, { "retry-after": String(BUSY_RETRY) });
      return { codes: null, error: t("busy") };
    default:
      return changeRefused(made.error, path);
  }
}
