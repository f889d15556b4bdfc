"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { changeMobile } from "#lib/account/profile/change-mobile.ts";
import { type MobileNumber, parseMobile } from "#lib/kernel/mobile-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";

const PATH = "/settings/profile/mobile";
/** Generous: with spaces, dashes and brackets no number is longer. */
const TYPED_MAX = 40;

export async function saveMobile(_: FormState<"mobile">, form: FormData): Promise<FormState<"mobile">> {
  const { ctx } = await requireSession(PATH);
  const words = refusalWords(ctx.request.language);
  const typed = field(form, "mobile", { max: TYPED_MAX });
  const mobile = typed.ok ? parseMobile(typed.value) : typed;
  if (mobile.ok) return keep(mobile.value);
  const code = mobile.error === "missing" ? "mobile_missing" : mobile.error;
  return { values: { mobile: typedIn(form, "mobile") }, errors: { mobile: words(code) } };
}

export async function removeMobile(): Promise<void> {
  return keep(null);
}

async function keep(mobile: MobileNumber | null): Promise<never> {
  const { ctx } = await requireSession(PATH);
  const changed = await changeMobile(ctx, mobile);
  redirect(changed.ok ? "/settings/profile?done=mobile" : signInPath(PATH));
}
