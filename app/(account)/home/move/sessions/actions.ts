"use server";
import { redirect } from "next/navigation";
import { giveUpPlace } from "#lib/campaign/onsite/places/give-up-place.ts";
import { signUp } from "#lib/campaign/onsite/places/sign-up.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { SESSIONS_PATH } from "./path.ts";

const sessionIn = (form: FormData): string => {
  const id = form.get("session");
  return isUuid(id) ? id : redirect(SESSIONS_PATH);
};

/** Where something is not possible any more the list says what is. */
export async function comeTo(form: FormData): Promise<void> {
  const { ctx } = await requireSession(SESSIONS_PATH);
  const taken = await signUp(ctx, sessionIn(form));
  if (taken.ok) redirect(`${SESSIONS_PATH}?done=${taken.value.state}`);
  if (taken.error === "signed_out") redirect(signInPath(SESSIONS_PATH));
  redirect(taken.error === "not_found" ? SESSIONS_PATH : `${SESSIONS_PATH}?refused=${taken.error}`);
}

export async function comeNot(form: FormData): Promise<void> {
  const { ctx } = await requireSession(SESSIONS_PATH);
  const given = await giveUpPlace(ctx, sessionIn(form));
  if (given.ok) redirect(`${SESSIONS_PATH}?done=given_up`);
  if (given.error === "signed_out") redirect(signInPath(SESSIONS_PATH));
  redirect(given.error === "not_found" ? SESSIONS_PATH : `${SESSIONS_PATH}?refused=${given.error}`);
}
