"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { field, paragraphs } from "#lib/kernel/plain-text.ts";
import { requestAccess } from "#lib/relying-party/access/request-access.ts";
import { NOTE_MAX } from "#lib/relying-party/access/seal-request-words.ts";
import { isUid, wayOf } from "#lib/relying-party/interaction/find-system.ts";
import { giveConsent } from "#lib/relying-party/interaction/give-consent.ts";
import { turnBack } from "#lib/relying-party/interaction/turn-back.ts";
import { config } from "#lib/server/config.ts";
import { readCookie, setCookie } from "#lib/server/request/browser-cookies.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";
import { stepUpForSystem } from "#lib/server/sign-in/step-up.ts";
import { endSession } from "#lib/session/end-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";
import { currentWay } from "./current-way.ts";
import type { RequestField } from "./request-form.tsx";

/**
 * Where the browser stands that posted a form of these pages. What a form asks for is done where it is what comes next, and
 * whatever it is, the page then shows what does.
 */
async function posted(form: FormData) {
  const uid = field(form, "uid", { max: 64 });
  if (!uid.ok || !isUid(uid.value)) redirect("/home");
  return { uid: uid.value, path: wayOf(uid.value), ...(await currentWay(uid.value)) };
}

/** Too weakly or too long ago: to the ceremony, for what is missing, and back. */
export async function proveForSystem(form: FormData): Promise<void> {
  const { ctx, path, way } = await posted(form);
  if (way.next.step === "step_up") await stepUpForSystem(ctx, path, way.next);
  redirect(path);
}

/** To the settings, which say as long as it waits that a system does. */
export async function enrolForSystem(form: FormData): Promise<void> {
  const { uid, path, way } = await posted(form);
  if (way.next.step !== "enrol") redirect(path);
  await setCookie("waiting", uid);
  redirect(form.get("what") === "app" ? "/settings/authenticator-app" : "/settings/passkeys");
}

export async function signInAsOther(form: FormData): Promise<void> {
  const { ctx, path, way } = await posted(form);
  const token = await readCookie("session");
  if (way.next.step !== "other_person" || !token) redirect(path);
  await endSession(ctx, token, "signed_out");
  await withdrawCookie();
  redirect(signInPath(path));
}

export async function agreeToShare(form: FormData): Promise<void> {
  const { ctx, path, way } = await posted(form);
  if (way.system && way.next.step === "consent") {
    const { id: relyingPartyId, name: system } = way.system;
    await giveConsent(ctx, { relyingPartyId, system, scopes: way.next.scopes });
  }
  redirect(path);
}

export async function turnBackToSystem(form: FormData): Promise<void> {
  const { ctx, uid, path, way } = await posted(form);
  if (way.system && way.next.step !== "go_on") await turnBack(ctx, uid, { system: way.system, step: way.next.step });
  redirect(path);
}

/** The office decides; until then the page says that the request waits. */
export async function askForAccess(_: FormState<RequestField>, form: FormData): Promise<FormState<RequestField>> {
  const { ctx, path, way } = await posted(form);
  if (!way.system || way.next.step !== "no_access") redirect(path);
  const t = await getTranslations("interaction.request");
  const typed = paragraphs(form, "reason", { max: NOTE_MAX });
  const values = { reason: typedIn(form, "reason") };
  if (!typed.ok && typed.error === "too_long") return { values, errors: { reason: t("tooLong", { max: NOTE_MAX }) } };
  if (!typed.ok && typed.error !== "missing")
    return { values, errors: { reason: refusalWords(ctx.request.language)(typed.error) } };
  const note = typed.ok ? typed.value : undefined;
  const asked = await requestAccess(ctx, { relyingPartyId: way.system.id, note });
  const { helpdeskPhone: phone } = config().agency;
  if (asked.ok) redirect(path);
  switch (asked.error) {
    case "too_many":
      return { values, errors: { form: t("tooMany", { count: limits.accessRequests.points, phone }) } };
    case "no_roles":
      return { values, errors: { form: t("noRoles", { phone }) } };
    default:
      return redirect(path);
  }
}
