"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { NAME_MAX } from "#lib/authenticators/passkey/name-passkey.ts";
import { renamePasskey } from "#lib/authenticators/passkey/rename-passkey.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { changeRefused } from "../../../change-refused.ts";
import { donePath, listPath, renamePath } from "../../paths.ts";

export async function renameOwnPasskey(_: FormState<"name">, form: FormData): Promise<FormState<"name">> {
  const [{ ctx }, t] = await Promise.all([requireSession(listPath), getTranslations("passkeys.renaming")]);
  const passkey = field(form, "passkey", { max: 36 });
  if (!passkey.ok) notFound();
  const path = renamePath(passkey.value);
  const name = field(form, "name", { max: NAME_MAX });
  const renamed = name.ok ? await renamePasskey(ctx, passkey.value, name.value) : name;
  if (renamed.ok) {
    await forgetTyped();
    redirect(donePath("renamed", passkey.value));
  }
  switch (renamed.error) {
    case "signed_out":
    case "step_up":
      return changeRefused(renamed.error, path, { name: name.ok ? name.value : "" });
    case "not_found":
      return notFound();
    case "missing":
      return refused(form, t("missing"));
    case "too_long":
      return refused(form, t("tooLong", { max: NAME_MAX }));
    default:
      return refused(form, refusalWords(ctx.request.language)(renamed.error));
  }
}

const refused = (form: FormData, message: string): FormState<"name"> => ({
  values: { name: typedIn(form, "name") },
  errors: { name: message },
});
