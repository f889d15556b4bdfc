"use server";
import { redirect } from "next/navigation";
import { changeIctRoles } from "#lib/account/profile/change-ict-roles.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";

const PATH = "/settings/profile/roles";
/** More boxes than a page has were not ticked on it. */
const MOST = 100;

/** Every box that is ticked is a role; none is none. */
export async function saveRoles(form: FormData): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const ticked = form.getAll("roles");
  const roleIds = ticked.filter((each) => typeof each === "string" && /^[a-z_]{1,64}$/.test(each)) as string[];
  if (roleIds.length < ticked.length || ticked.length > MOST) redirect(`${PATH}?wrong=1`);
  const changed = await changeIctRoles(ctx, roleIds);
  if (changed.ok) redirect("/settings/profile?done=roles");
  redirect(changed.error === "role_unknown" ? `${PATH}?wrong=1` : signInPath(PATH));
}
